using Sallyport.Posture;

namespace Sallyport.Watchdog.Configuration;

/// <summary>Which checks are made, and what they hold the box to.</summary>
internal sealed record PosturePlan
{
    /// <summary>What holds when nothing is said.</summary>
    public static PosturePlan Default { get; } = new();

    /// <summary>Where the report of the host lies in the container.</summary>
    public string ReportFile { get; init; } = "/var/lib/sallyport-posture/report.json";

    /// <summary>An older report proves nothing.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromHours(26);

    /// <summary>What the box is held to.</summary>
    public PosturePolicy Policy { get; init; } = PosturePolicy.Default;
}
