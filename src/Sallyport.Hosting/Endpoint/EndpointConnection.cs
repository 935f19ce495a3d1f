using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Sallyport.Hosting.Health;
using Sallyport.Hosting.Metrics;

namespace Sallyport.Hosting.Endpoint;

/// <summary>Serves one connection: one request, one answer, the end.</summary>
internal sealed partial class EndpointConnection(
    PrometheusExporter exporter,
    ModuleHealth health,
    EndpointMetrics metrics,
    TimeProvider time,
    ILogger<EndpointConnection> logger)
{
    /// <summary>How long one connection may take, from accept to the last byte.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private const string Prometheus = "text/plain; version=0.0.4; charset=utf-8";
    private const string Json = "application/json";

    /// <summary>Owns the socket from here on. Does not throw, whatever the peer does.</summary>
    public async Task ServeAsync(Socket socket, CancellationToken stop)
    {
        using Socket owned = socket;
        using var deadline = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
        try
        {
            byte[] head = await ReceiveHeadAsync(socket, either.Token);
            HttpAnswer answer = head.Length == 0 ? HttpAnswer.BadRequest : Answer(HttpRequestHead.Parse(head));
            await SendAsync(socket, answer.ToBytes(), either.Token);
            socket.Shutdown(SocketShutdown.Both);
            metrics.Answered();
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            metrics.Aborted();
            Aborted(e.Message);
        }
    }

    // Empty when the peer sent more than a head may have, or stopped before its end.
    private static async Task<byte[]> ReceiveHeadAsync(Socket socket, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[HttpRequestHead.MaxSizeInBytes];
        int length = 0;
        while (length < buffer.Length)
        {
            int received = await socket.ReceiveAsync(buffer.AsMemory(length), SocketFlags.None, cancellationToken);
            if (received == 0)
            {
                return [];
            }

            length += received;
            if (HttpRequestHead.IsComplete(buffer.AsSpan(0, length)))
            {
                return buffer[..length];
            }
        }

        return [];
    }

    private static async Task SendAsync(Socket socket, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (bytes.Length > 0)
        {
            int sent = await socket.SendAsync(bytes, SocketFlags.None, cancellationToken);
            bytes = bytes[sent..];
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
