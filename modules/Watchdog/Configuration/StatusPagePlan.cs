using System.Collections.Immutable;

namespace Sallyport.Watchdog.Configuration;

/// <summary>Where people may look at the status.</summary>
internal sealed record StatusPagePlan
{
    /// <summary>What holds when nothing is said: on this machine alone.</summary>
    public static StatusPagePlan Default { get; } = new();

    public bool IsEnabled { get; init; } = true;

    /// <summary>An IP address, or <c>*</c> for all of this machine.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>0 takes a free one; the twin cannot say that.</summary>
    public int Port { get; init; } = 8880;

    /// <summary>By which names browsers may ask, besides addresses and localhost.</summary>
    public ImmutableArray<string> HostNames { get; init; } = [];

    public bool Equals(StatusPagePlan? other) =>
        other is not null && IsEnabled == other.IsEnabled && Port == other.Port && string.Equals(Address, other.Address, StringComparison.Ordinal)
        && HostNames.SequenceEqual(other.HostNames, StringComparer.OrdinalIgnoreCase);

    public override int GetHashCode() => HashCode.Combine(IsEnabled, Port, Address, HostNames.Length);
}
