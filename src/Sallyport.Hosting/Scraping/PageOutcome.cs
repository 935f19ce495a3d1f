namespace Sallyport.Hosting.Scraping;

/// <summary>What became of asking for a page. Closed: the nested records are all there is.</summary>
public abstract record PageOutcome
{
    private PageOutcome()
    {
    }

    /// <summary>There is an answer, whatever it says.</summary>
    /// <param name="Status">HTTP status code.</param>
    /// <param name="Body">At most <see cref="MetricsPage.MaxBytes"/>.</param>
    public sealed record Answered(int Status, ReadOnlyMemory<byte> Body) : PageOutcome;

    /// <summary>There is none, or it is too long.</summary>
    /// <param name="Reason">A few words.</param>
    public sealed record Unreachable(string Reason) : PageOutcome;
}
