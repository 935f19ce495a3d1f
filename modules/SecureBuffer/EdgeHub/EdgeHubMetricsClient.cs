using Sallyport.SecureBuffer.Delivery;

namespace Sallyport.SecureBuffer.EdgeHub;

/// <summary>Asks edgeHub for its metrics. The answer is bounded in size and time.</summary>
/// <param name="http">Buffers at most <see cref="MetricsPage.MaxBytes"/>.</param>
/// <param name="address">Usually <c>http://edgeHub:9600/metrics</c>.</param>
/// <param name="sender">Our identity: <c>device/module</c>.</param>
/// <param name="time">For the limit.</param>
internal sealed class EdgeHubMetricsClient(HttpClient http, Uri address, string sender, TimeProvider time)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>Makes the client that <see cref="EdgeHubMetricsClient"/> needs: no proxy, no redirection, no cookies.</summary>
    public static HttpClient NewHttpClient() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ConnectTimeout = Limit,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxConnectionsPerServer = 1,
        MaxResponseHeadersLength = 16,
    })
    {
        MaxResponseContentBufferSize = MetricsPage.MaxBytes,
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Asks once.</summary>
    public async Task<ScrapeOutcome> ReadAsync(CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return Judge(await http.GetByteArrayAsync(address, either.Token));
        }
        catch (HttpRequestException e)
        {
            return new ScrapeOutcome.Unreachable(e.StatusCode is { } status ? $"HTTP {(int)status}" : e.HttpRequestError.ToString());
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ScrapeOutcome.Unreachable($"no answer within {Limit.TotalSeconds} s");
        }
    }

    private ScrapeOutcome Judge(byte[] page)
    {
        if (!MetricsPage.TryRead(page, EdgeHubReading.Wanted, out var samples, out var fault))
        {
            return new ScrapeOutcome.Malformed(fault);
        }

        return EdgeHubReading.Of(samples, sender, Courier.Output) is { } reading
            ? new ScrapeOutcome.Read(reading)
            : new ScrapeOutcome.Malformed("counters that are no counts, or several instances on one page");
    }
}
