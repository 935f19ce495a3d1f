namespace Sallyport.SealedRing.Inspection;

/// <summary>A state slot with a good header.</summary>
/// <param name="Slot">0 to 3.</param>
/// <param name="Generation">The highest counts.</param>
/// <param name="Epoch">Who wrote it.</param>
public sealed record StateFindings(int Slot, long Generation, long Epoch);
