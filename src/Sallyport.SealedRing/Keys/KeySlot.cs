using System.Collections.Immutable;

namespace Sallyport.SealedRing.Keys;

/// <summary>The storage root key of a ring, wrapped in one way.</summary>
/// <param name="Kind">How.</param>
/// <param name="Wrapped">At most <see cref="MaxWrapped"/> bytes; only the wrapper of that kind knows what they mean.</param>
public sealed record KeySlot(KeySlotKind Kind, ImmutableArray<byte> Wrapped)
{
    /// <summary>The most bytes that a slot takes.</summary>
    public const int MaxWrapped = 896;

    /// <summary>How many a ring has room for.</summary>
    public const int Most = 4;
}
