using System.Globalization;

namespace Sallyport.Hosting.Scraping;

/// <summary>Asks other modules of the gateway for their pages over plain HTTP. Answers are bounded in size and time.</summary>
/// <remarks>Safe to use from any thread.</remarks>
/// <param name="http">Made by <see cref="NewHttpClient"/>.</param>
/// <param name="limit">Of one answer.</param>
/// <param name="time">For the limit.</param>
public sealed class PageClient(HttpClient http, TimeSpan limit, TimeProvider time)
{
    /// <summary>Makes a client that buffers at most <see cref="MetricsPage.MaxBytes"/>: no proxy, no redirection, no cookies.</summary>
    /// <param name="limit">Of a connection's opening.</param>
    public static HttpClient NewHttpClient(TimeSpan limit) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ConnectTimeout = limit,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxConnectionsPerServer = 1,
        MaxResponseHeadersLength = 16,
    })
    {
        MaxResponseContentBufferSize = MetricsPage.MaxBytes,
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Asks once.</summary>
    public async Task<PageOutcome> ReadAsync(Uri address, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            using HttpResponseMessage answer = await http.GetAsync(address, either.Token);
            return new PageOutcome.Answered((int)answer.StatusCode, await answer.Content.ReadAsByteArrayAsync(either.Token));
        }
        catch (HttpRequestException e)
        {
            return new PageOutcome.Unreachable(e.HttpRequestError.ToString());
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new PageOutcome.Unreachable(string.Create(CultureInfo.InvariantCulture, $"no answer within {limit.TotalSeconds} s"));
        }
    }
}
