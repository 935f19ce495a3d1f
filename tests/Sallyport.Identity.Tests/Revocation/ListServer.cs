using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Sallyport.Identity.Tests.Revocation;

/// <summary>A web server on the loopback that answers every request with the same bytes, or with none.</summary>
internal sealed class ListServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    public ListServer()
    {
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/list.crl");
        _serving = ServeAsync();
    }

    public Uri Address { get; }

    public int Requests { get; private set; }

    public string Status { get; set; } = "200 OK";

    public string Header { get; set; } = "";

    public byte[] Body { get; set; } = [];

    /// <summary>Takes the request and says nothing.</summary>
    public bool IsDeaf { get; set; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        var open = new List<TcpClient>();
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                open.Add(client);
                _ = await client.GetStream().ReadAsync(new byte[4096], _stop.Token);
                Requests++;
                if (!IsDeaf)
                {
                    await AnswerAsync(client);
                }
            }
        }
        catch (OperationCanceledException)
        {
            open.ForEach(client => client.Dispose());
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        try
        {
            byte[] head = Encoding.ASCII.GetBytes($"HTTP/1.1 {Status}\r\n{Header}Connection: close\r\n\r\n");
            await client.GetStream().WriteAsync(head, _stop.Token);
            await client.GetStream().WriteAsync(Body, _stop.Token);
            client.Client.Shutdown(SocketShutdown.Send);
        }
        catch (IOException)
        {
            // The client had enough.
        }
    }
}
