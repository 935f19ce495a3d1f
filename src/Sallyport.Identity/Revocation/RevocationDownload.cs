using System.Globalization;
using System.Net;

namespace Sallyport.Identity.Revocation;

/// <summary>Fetches lists over HTTP: no redirects, no proxy, no cookies, at most 10 MiB, within a time limit.</summary>
internal sealed class RevocationDownload(TimeSpan limit, TimeProvider time) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
        MaxConnectionsPerServer = 1,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(5),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Fetches one list.</summary>
    /// <exception cref="OperationCanceledException">We stop.</exception>
    public async Task<FetchOutcome> FetchAsync(Uri address, CancellationToken stop)
    {
        using var deadline = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
        try
        {
            using HttpResponseMessage response = await _client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return response.StatusCode != HttpStatusCode.OK
                ? new FetchOutcome.Failed(string.Create(CultureInfo.InvariantCulture, $"the status is {(int)response.StatusCode}"))
                : await ReadAsync(response.Content, either.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new FetchOutcome.Failed(string.Create(CultureInfo.InvariantCulture, $"no answer within {limit.TotalSeconds:0} s"));
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new FetchOutcome.Failed("no connection, or it broke off");
        }
    }

    public void Dispose() => _client.Dispose();

    private static async Task<FetchOutcome> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > RevocationList.MaxSizeInBytes)
        {
            return FetchOutcome.Failed.TooLarge;
        }

        using var whole = new MemoryStream();
        await using Stream stream = await content.ReadAsStreamAsync(cancellationToken);
        byte[] piece = new byte[16 * 1024];
        while (await stream.ReadAsync(piece, cancellationToken) is > 0 and int read)
        {
            if (whole.Length + read > RevocationList.MaxSizeInBytes)
            {
                return FetchOutcome.Failed.TooLarge;
            }

            await whole.WriteAsync(piece.AsMemory(0, read), cancellationToken);
        }

        return new FetchOutcome.Fetched(whole.ToArray());
    }
}
