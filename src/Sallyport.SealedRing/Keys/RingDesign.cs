using Sallyport.SealedRing.Format;

namespace Sallyport.SealedRing.Keys;

/// <summary>The three decisions that the safety of the ring rests on. They can be replaced for one reason: tests take each away in turn and see that other tests then fail.</summary>
internal sealed record RingDesign
{
    /// <summary>Says which bytes of a header are authenticated.</summary>
    public delegate void HeaderAssociation(ReadOnlySpan<byte> header, Span<byte> associated);

    /// <summary>The salt of an epoch's page key. Without it an old copy of the device would bring a key, and its nonces, back.</summary>
    public Func<UInt128, UInt128> SaltOf { get; init; } = epochId => epochId;

    /// <summary>All of the header is authenticated: without its place a page could be moved.</summary>
    public HeaderAssociation Associate { get; init; } = (header, associated) => header.CopyTo(associated);

    /// <summary>The tail slot after the last: a snapshot never goes over the last good one.</summary>
    public Func<int, int> NextTailSlot { get; init; } = last => (last + 1) % RingGeometry.TailSlots;
}
