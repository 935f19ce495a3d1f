using Sallyport.Hosting.Scraping;
using Sallyport.SecureBuffer.Delivery;

namespace Sallyport.SecureBuffer.EdgeHub;

/// <summary>Asks edgeHub for its metrics. The answer is bounded in size and time.</summary>
/// <param name="pages">Asks.</param>
/// <param name="address">Usually <c>http://edgeHub:9600/metrics</c>.</param>
/// <param name="sender">Our identity: <c>device/module</c>.</param>
internal sealed class EdgeHubMetricsClient(PageClient pages, Uri address, string sender)
{
    /// <summary>Of one answer.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private const int Ok = 200;

    /// <summary>Asks once.</summary>
    public async Task<ScrapeOutcome> ReadAsync(CancellationToken cancellationToken) => await pages.ReadAsync(address, cancellationToken) switch
    {
        PageOutcome.Answered { Status: Ok } page => Judge(page.Body.Span),
        PageOutcome.Answered refused => new ScrapeOutcome.Unreachable($"HTTP {refused.Status}"),
        PageOutcome.Unreachable unreachable => new ScrapeOutcome.Unreachable(unreachable.Reason),
        _ => throw new InvalidOperationException("A page is there or not."),
    };

    private ScrapeOutcome Judge(ReadOnlySpan<byte> page)
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
