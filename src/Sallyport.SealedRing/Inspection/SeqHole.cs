namespace Sallyport.SealedRing.Inspection;

/// <summary>Sequence numbers that no page has.</summary>
/// <param name="FirstSeq">The first.</param>
/// <param name="LastSeq">The last.</param>
public readonly record struct SeqHole(long FirstSeq, long LastSeq);
