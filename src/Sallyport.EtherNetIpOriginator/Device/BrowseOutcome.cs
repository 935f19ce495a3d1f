namespace Sallyport.EtherNetIpOriginator.Device;

/// <summary>Which tags a controller has. Closed.</summary>
public abstract record BrowseOutcome
{
    private BrowseOutcome()
    {
    }

    /// <summary>These.</summary>
    /// <param name="Tags">The tags.</param>
    public sealed record Browsed(TagList Tags) : BrowseOutcome;

    /// <summary>It did not say.</summary>
    /// <param name="Reason">Why, in a few words.</param>
    public sealed record Failed(string Reason) : BrowseOutcome;
}
