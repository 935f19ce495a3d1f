using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Sallyport.Hosting.Endpoint;

/// <summary>Serves <c>/metrics</c> and <c>/healthz</c> over plain HTTP on the module network.</summary>
/// <remarks>At most <see cref="MaxConnections"/> connections at a time; others wait in the kernel's queue. When the host stops, it serves until the workers
/// that were registered after it have stopped.</remarks>
internal sealed partial class EndpointServer(
    IOptions<EdgeModuleOptions> options,
    EndpointConnection connection,
    TimeProvider time,
    ILogger<EndpointServer> logger) : BackgroundService
{
    public const int MaxConnections = 8;

    private const int Backlog = 64;

    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    private Socket? _listener;

    /// <summary>Where it listens, after the start.</summary>
    public IPEndPoint? BoundTo => _listener?.LocalEndPoint as IPEndPoint;

    /// <summary>Takes the address.</summary>
    /// <exception cref="StartRefusedException">It is taken, or not one of this machine.</exception>
    public void Bind()
    {
        EdgeModuleOptions set = options.Value;
        Socket listener = NewListener(set.ListenAddress, out IPAddress address);
        try
        {
            listener.Bind(new IPEndPoint(address, set.MetricsPort));
            listener.Listen(Backlog);
        }
        catch (SocketException e)
        {
            listener.Dispose();
            throw new StartRefusedException(
                $"{EdgeModuleOptions.Section}__{nameof(set.ListenAddress)} and {EdgeModuleOptions.Section}__{nameof(set.MetricsPort)}",
                $"{set.ListenAddress}:{set.MetricsPort} cannot be listened on: {e.Message}.");
        }

        _listener = listener;
    }

    public override void Dispose()
    {
        _listener?.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Socket listener = _listener ?? throw new InvalidOperationException("Bind comes first.");
        IEnumerable<Task> lanes = Enumerable.Range(0, MaxConnections).Select(_ => ServeOneByOneAsync(listener, stoppingToken));

        // A lane ends only by the stop, or by a fault of ours, which must not go unnoticed while the other lanes live.
        await await Task.WhenAny(lanes);
    }

    private static Socket NewListener(string listenAddress, out IPAddress address)
    {
        bool isAny = listenAddress is "*";
        address = !isAny ? IPAddress.Parse(listenAddress) : Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any;
        var listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (isAny && address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            listener.DualMode = true;
        }

        return listener;
    }

    private async Task ServeOneByOneAsync(Socket listener, CancellationToken stop)
    {
        while (true)
        {
            await connection.ServeAsync(await AcceptAsync(listener, stop), stop);
        }
    }

    private async Task<Socket> AcceptAsync(Socket listener, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                return await listener.AcceptAsync(stop);
            }
            catch (SocketException e)
            {
                // The peer was gone already, or the process has no file descriptors left: neither is the end of the module.
                CannotAccept(e.Message);
                await Task.Delay(PauseAfterFailure, time, stop);
            }
        }
    }

    [LoggerMessage(4101, LogLevel.Warning, "The endpoint cannot accept a connection. {Reason}")]
    private partial void CannotAccept(string reason);
}
