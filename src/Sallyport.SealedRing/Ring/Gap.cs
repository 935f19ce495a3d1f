namespace Sallyport.SealedRing;

/// <summary>Sequence numbers that will never come, and why.</summary>
/// <param name="Reason">Why.</param>
/// <param name="FirstSeq">First of them.</param>
/// <param name="LastSeq">Last of them.</param>
/// <param name="Count">How many records are known to be lost: from 0, when nobody can know, to all numbers of the range.</param>
public readonly record struct Gap(LossReason Reason, long FirstSeq, long LastSeq, long Count);
