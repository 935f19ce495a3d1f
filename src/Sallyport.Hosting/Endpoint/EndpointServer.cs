using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Sallyport.Hosting.Endpoint;

/// <summary>Serves <c>/metrics</c> and <c>/healthz</c> over plain HTTP on the module network.</summary>
/// <remarks>When the host stops, it serves until the workers that were registered after it have stopped.</remarks>
internal sealed partial class EndpointServer(
    IOptions<EdgeModuleOptions> options,
    EndpointConnection connection,
    TimeProvider time,
    ILogger<EndpointServer> logger) : BackgroundService
{
    private Socket? _listener;

    /// <summary>Where it listens, after the start.</summary>
    public IPEndPoint? BoundTo => _listener?.LocalEndPoint as IPEndPoint;

    /// <summary>Takes the address.</summary>
    /// <exception cref="StartRefusedException">It is taken, or not one of this machine.</exception>
    public void Bind()
    {
        EdgeModuleOptions set = options.Value;
        try
        {
            _listener = HttpListening.Open(set.ListenAddress, set.MetricsPort);
        }
        catch (SocketException e)
        {
            throw new StartRefusedException(
                $"{EdgeModuleOptions.Section}__{nameof(set.ListenAddress)} and {EdgeModuleOptions.Section}__{nameof(set.MetricsPort)}",
                $"{set.ListenAddress}:{set.MetricsPort} cannot be listened on: {e.Message}.");
        }
    }

    public override void Dispose()
    {
        _listener?.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => HttpLanes.RunAsync(
        _listener ?? throw new InvalidOperationException("Bind comes first."), connection.ServeAsync, CannotAccept, time, stoppingToken);

    [LoggerMessage(4101, LogLevel.Warning, "The endpoint cannot accept a connection. {Reason}")]
    private partial void CannotAccept(string reason);
}
