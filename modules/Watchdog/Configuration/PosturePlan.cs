namespace Sallyport.Watchdog.Configuration;

/// <summary>Which checks are made, and what they hold the box to.</summary>
internal sealed record PosturePlan
{
    /// <summary>What holds when nothing is said.</summary>
    public static PosturePlan Default { get; } = new();
}
