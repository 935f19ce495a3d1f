using System.Collections.Immutable;

namespace Sallyport.Posture;

/// <summary>What the gateway's modules know of themselves. Everything may be missing: then the checks cannot tell.</summary>
public sealed record GatewayFacts
{
    /// <summary>Nothing is known.</summary>
    public static GatewayFacts None { get; } = new();

    /// <summary>How a connection to edgeHub went that was made to be looked at; null if none could be made.</summary>
    public LinkFacts? Link { get; init; }

    /// <summary>The longest time that a token in use still lives, over all modules; null if no module said.</summary>
    public TimeSpan? LongestTokenLife { get; init; }

    /// <summary>The gateway's own keys; null if SecureBuffer did not say.</summary>
    public ImmutableArray<DeviceKeyFact>? DeviceKeys { get; init; }

    /// <summary>The lanes of SecureBuffer's ring; null if it did not say.</summary>
    public ImmutableArray<LaneFact>? Lanes { get; init; }

    /// <summary>The container of the module that asks; null outside of one.</summary>
    public OwnContainerFacts? Container { get; init; }
}
