using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Sallyport.Hosting.Health;
using Sallyport.Hosting.Metrics;

namespace Sallyport.Hosting.Endpoint;

/// <summary>Serves metrics and health on one connection.</summary>
internal sealed partial class EndpointConnection(
    PrometheusExporter exporter,
    ModuleHealth health,
    EndpointMetrics metrics,
    TimeProvider time,
    ILogger<EndpointConnection> logger)
{
    private const string Prometheus = "text/plain; version=0.0.4; charset=utf-8";
    private const string Json = "application/json";

    /// <summary>Owns the socket from here on. Does not throw, whatever the peer does.</summary>
    public async Task ServeAsync(Socket socket, CancellationToken stop)
    {
        if (await HttpExchange.ServeAsync(socket, Answer, time, stop) is { } reason)
        {
            metrics.Aborted();
            Aborted(reason);
        }
        else
        {
            metrics.Answered();
        }
    }

    private HttpAnswer Answer(HttpRequestHead? request) => request switch
    {
        null => HttpAnswer.BadRequest,
        { Method: not "GET" } => HttpAnswer.MethodNotAllowed,
        { Path: "/metrics" } => new HttpAnswer(200, Prometheus, exporter.Scrape()),
        { Path: "/healthz" } => HealthAnswer(health.Judge()),
        _ => HttpAnswer.NotFound,
    };

    private static HttpAnswer HealthAnswer(HealthReport report) =>
        new(report.State == HealthState.Healthy ? 200 : 503, Json, report.ToJson());

    [LoggerMessage(4100, LogLevel.Debug, "A connection to the endpoint was given up. {Reason}")]
    private partial void Aborted(string reason);
}
