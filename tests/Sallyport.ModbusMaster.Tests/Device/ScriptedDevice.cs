using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Sallyport.ModbusMaster.Configuration;

namespace Sallyport.ModbusMaster.Tests.Device;

/// <summary>A Modbus TCP server on loopback that answers each request as the test says.</summary>
internal sealed class ScriptedDevice : IAsyncDisposable
{
    private const int TcpReadInBytes = 12;
    private const int TcpIdentificationInBytes = 11;
    private const int FunctionEnd = 8;
    private const int RtuRequestInBytes = 8;
    private const byte Identification = 43;

    private readonly bool _speaksRtu;
    private readonly TcpListener _listener = new(IPAddress.Loopback, port: 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Func<DeviceTurn, Task> _answer;
    private readonly Task _accepting;
    private int _count;

    /// <summary>Listens on a free port.</summary>
    /// <param name="answer">Called for each request, one after the other on each connection.</param>
    /// <param name="speaksRtu">Whether it expects frames of a serial line.</param>
    public ScriptedDevice(Func<DeviceTurn, Task> answer, bool speaksRtu = false)
    {
        (_answer, _speaksRtu) = (answer, speaksRtu);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int ConnectionCount => Volatile.Read(ref _count);

    public ConcurrentQueue<byte[]> Requests { get; } = new();

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public ConnectionPlan Plan => new(
        "plant",
        _speaksRtu ? new ModbusEndpoint.RtuOverTcp("127.0.0.1", Port) : new ModbusEndpoint.Tcp("127.0.0.1", Port),
        TimeSpan.FromSeconds(1),
        TimeSpan.FromSeconds(3));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Dispose();
        await Task.WhenAll(_connections);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket socket = await _listener.AcceptSocketAsync(_stop.Token);
                int number = Interlocked.Increment(ref _count);
                _connections.Add(ServeAsync(socket, number));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // The end of the test.
        }
    }

    private async Task<byte[]> RequestAsync(NetworkStream stream)
    {
        byte[] head = new byte[_speaksRtu ? RtuRequestInBytes : FunctionEnd];
        await stream.ReadExactlyAsync(head, _stop.Token);
        if (_speaksRtu)
        {
            return head;
        }

        byte[] rest = new byte[(head[^1] == Identification ? TcpIdentificationInBytes : TcpReadInBytes) - FunctionEnd];
        await stream.ReadExactlyAsync(rest, _stop.Token);
        return [.. head, .. rest];
    }

    private async Task ServeAsync(Socket socket, int number)
    {
        try
        {
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            while (true)
            {
                byte[] request = await RequestAsync(stream);
                Requests.Enqueue(request);
                await _answer(new DeviceTurn(request, number, stream, _stop.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The master or the test went away.
        }
    }
}
