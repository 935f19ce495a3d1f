namespace Sallyport.Watchdog.Configuration;

/// <summary>Which lamps and buzzers there are.</summary>
internal sealed record AnnunciatorPlan
{
    /// <summary>What holds when nothing is said.</summary>
    public static AnnunciatorPlan Default { get; } = new();
}
