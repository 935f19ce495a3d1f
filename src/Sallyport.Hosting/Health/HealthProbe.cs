using System.Net;

namespace Sallyport.Hosting.Health;

/// <summary>Asks the health endpoint of the module that runs in the same container: <c>&lt;module&gt; --health</c>, for images without a shell.</summary>
internal static class HealthProbe
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>Prints the answer.</summary>
    /// <returns>0 if it is healthy, else 1.</returns>
    public static async Task<int> RunAsync(EdgeModuleOptions options, TextWriter output)
    {
        string host = options.ListenAddress is "*" ? IPAddress.Loopback.ToString() : options.ListenAddress;
        Uri address = new UriBuilder(Uri.UriSchemeHttp, host, options.MetricsPort, "healthz").Uri;
        using var client = new HttpClient { Timeout = Limit };
        try
        {
            using HttpResponseMessage answer = await client.GetAsync(address);
            await output.WriteLineAsync(await answer.Content.ReadAsStringAsync());
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            await output.WriteLineAsync($"{address} does not answer: {e.Message}");
            return 1;
        }
    }
}
