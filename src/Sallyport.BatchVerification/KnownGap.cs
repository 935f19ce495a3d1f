using Sallyport.Telemetry;

namespace Sallyport.BatchVerification;

/// <summary>What a gap record of the ring covers.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Range">The numbers.</param>
/// <param name="Room">How many lost records it counts that were not matched with missing numbers yet.</param>
internal sealed record KnownGap(GapReason Reason, NumberRange Range, long Room)
{
    public bool Covers(NumberRange range) => Range.First <= range.First && Range.Last >= range.Last;
}
