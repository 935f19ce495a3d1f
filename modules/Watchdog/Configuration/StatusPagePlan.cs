namespace Sallyport.Watchdog.Configuration;

/// <summary>Where people may look at the status.</summary>
internal sealed record StatusPagePlan
{
    /// <summary>What holds when nothing is said.</summary>
    public static StatusPagePlan Default { get; } = new();
}
