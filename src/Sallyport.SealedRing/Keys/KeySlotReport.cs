using System.Collections.Immutable;
using Sallyport.SealedRing.Devices;

namespace Sallyport.SealedRing.Keys;

/// <summary>How the key of a ring that was opened is wrapped.</summary>
/// <param name="Slots">All slots that the ring has now.</param>
/// <param name="Wrapped">Those that were added or replaced at this opening.</param>
/// <param name="Missing">What is configured, but could not be wrapped or has no room: each a reason for people.</param>
/// <param name="Fault">Why the device did not take the new slots; null if it did, or if there was nothing to write.</param>
public sealed record KeySlotReport(
    ImmutableArray<KeySlotKind> Slots, ImmutableArray<KeySlotKind> Wrapped, ImmutableArray<string> Missing, DeviceFault? Fault);
