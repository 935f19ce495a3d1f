namespace Sallyport.SealedRing;

/// <summary>What a state slot made durable.</summary>
/// <param name="Generation">Of the slot.</param>
/// <param name="SeqReserved">Sequence numbers below it may be used.</param>
/// <param name="PageReserved">Page numbers below it may be used.</param>
/// <param name="OldestPage">Pages below it are known to be confirmed or lost.</param>
/// <param name="Lost">Records lost, as far as gap records say.</param>
internal sealed record RingNumbers(long Generation, long SeqReserved, long PageReserved, long OldestPage, long Lost);
