using System.Collections.Immutable;

namespace Sallyport.Watchdog.Configuration;

/// <summary>Which lamps and buzzers there are.</summary>
internal sealed record AnnunciatorPlan
{
    /// <summary>What holds when nothing is said: none.</summary>
    public static AnnunciatorPlan Default { get; } = new();

    /// <summary>Where the kernel has its LEDs.</summary>
    public string LedFolder { get; init; } = "/sys/class/leds";

    public ImmutableArray<OutputPlan> Outputs { get; init; } = [];

    public bool Equals(AnnunciatorPlan? other) =>
        other is not null && string.Equals(LedFolder, other.LedFolder, StringComparison.Ordinal) && Outputs.SequenceEqual(other.Outputs);

    public override int GetHashCode() => HashCode.Combine(LedFolder, Outputs.Length);
}
