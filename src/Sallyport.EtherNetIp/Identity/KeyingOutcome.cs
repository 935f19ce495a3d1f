using System.Collections.Immutable;

namespace Sallyport.EtherNetIp.Identity;

/// <summary>Whether a device is the configured one. Closed.</summary>
public abstract record KeyingOutcome
{
    private KeyingOutcome()
    {
    }

    /// <summary>It is; it may be read.</summary>
    public sealed record Matches : KeyingOutcome;

    /// <summary>It is another one; nothing is read from it.</summary>
    /// <param name="Fields">All that differ, never empty.</param>
    public sealed record Differs(ImmutableArray<KeyDifference> Fields) : KeyingOutcome
    {
        /// <summary>All differences in one line.</summary>
        public override string ToString() => string.Join("; ", Fields);
    }
}
