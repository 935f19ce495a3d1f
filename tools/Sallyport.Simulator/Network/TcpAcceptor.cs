using System.Net;
using System.Net.Sockets;

namespace Sallyport.Simulator.Network;

/// <summary>Listens, and hands over each connection. What was stopped can be started again at the same endpoint.</summary>
/// <param name="endpoint">Where to listen; with port 0 the system chooses one at the first start, and it stays.</param>
/// <param name="admit">Takes a connection; the token ends when listening does. Must return at once.</param>
internal sealed class TcpAcceptor(IPEndPoint endpoint, Action<Socket, CancellationToken> admit) : IAsyncDisposable
{
    private CancellationTokenSource _life = new();
    private Task _accepting = Task.CompletedTask;

    /// <summary>Where clients connect.</summary>
    public IPEndPoint Endpoint { get; private set; } = endpoint;

    /// <summary>Listens.</summary>
    /// <exception cref="SocketException">The address or port is taken.</exception>
    public void Start()
    {
        var listener = new TcpListener(Endpoint);
        listener.Start();
        Endpoint = (IPEndPoint)listener.LocalEndpoint;
        _life.Dispose();
        _life = new CancellationTokenSource();
        _accepting = AcceptAsync(listener, _life.Token);
    }

    /// <summary>Stops listening, and tells those that were handed over.</summary>
    public async Task StopAsync()
    {
        await _life.CancelAsync();
        await _accepting;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _life.Dispose();
    }

    private async Task AcceptAsync(TcpListener listener, CancellationToken stop)
    {
        using (listener)
        {
            try
            {
                while (true)
                {
                    admit(await listener.AcceptSocketAsync(stop), stop);
                }
            }
            catch (OperationCanceledException)
            {
                // Stopped.
            }
        }
    }
}
