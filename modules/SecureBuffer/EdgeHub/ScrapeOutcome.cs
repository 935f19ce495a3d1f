namespace Sallyport.SecureBuffer.EdgeHub;

/// <summary>What became of asking edgeHub for its metrics.</summary>
internal abstract record ScrapeOutcome
{
    private ScrapeOutcome()
    {
    }

    /// <summary>It answered, and the answer makes sense.</summary>
    internal sealed record Read(EdgeHubReading Reading) : ScrapeOutcome;

    /// <summary>It did not answer.</summary>
    internal sealed record Unreachable(string Reason) : ScrapeOutcome;

    /// <summary>The answer makes no sense.</summary>
    internal sealed record Malformed(string Reason) : ScrapeOutcome;
}
