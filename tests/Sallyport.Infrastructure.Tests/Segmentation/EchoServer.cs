using System.Net;
using System.Net.Sockets;

namespace Sallyport.Infrastructure.Tests.Segmentation;

/// <summary>Gives back what comes: over TCP on all addresses of a namespace, over UDP on those that are named, for an answer must come from where the question went.</summary>
internal sealed class EchoServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Socket> _sockets = [];
    private readonly List<Task> _work = [];

    private EchoServer()
    {
    }

    public static async Task<EchoServer> StartAsync(string @namespace, int[] tcp, params IPEndPoint[] udp)
    {
        var server = new EchoServer();
        foreach (int port in tcp)
        {
            Socket socket = await BoundAsync(@namespace, SocketType.Stream, new IPEndPoint(IPAddress.Any, port));
            socket.Listen();
            server._sockets.Add(socket);
            server._work.Add(server.AcceptAsync(socket));
        }

        foreach (IPEndPoint endpoint in udp)
        {
            Socket socket = await BoundAsync(@namespace, SocketType.Dgram, endpoint);
            server._sockets.Add(socket);
            server._work.Add(server.AnswerAsync(socket));
        }

        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (Socket socket in _sockets)
        {
            socket.Dispose();
        }

        await Task.WhenAll(_work);
        _stop.Dispose();
    }

    private static Task<Socket> BoundAsync(string @namespace, SocketType type, IPEndPoint endpoint) => NetworkNamespace.MakeAsync(@namespace, () =>
    {
        var socket = new Socket(AddressFamily.InterNetwork, type, type is SocketType.Stream ? ProtocolType.Tcp : ProtocolType.Udp);
        socket.Bind(endpoint);
        return socket;
    });

    private async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (true)
            {
                _ = EchoAsync(await listener.AcceptAsync(_stop.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task EchoAsync(Socket connection)
    {
        try
        {
            using var stream = new NetworkStream(connection, ownsSocket: true);
            await stream.CopyToAsync(stream, _stop.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The other end is gone, or the test is over.
        }
    }

    private async Task AnswerAsync(Socket socket)
    {
        var buffer = new byte[64];
        try
        {
            while (true)
            {
                SocketReceiveFromResult received = await socket.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), _stop.Token);
                _ = await socket.SendToAsync(buffer.AsMemory(0, received.ReceivedBytes), received.RemoteEndPoint, _stop.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
