namespace Sallyport.Watchdog.Status;

/// <summary>What waits in the ring of the bulk lane.</summary>
/// <param name="UsedShare">0 to 1; NaN when nobody knows.</param>
/// <param name="WaitingRecords">Not yet delivered.</param>
/// <param name="TimeToFull">At the present rate; null while it does not grow, or nobody knows.</param>
/// <param name="IsNearlyFull">As full as the plan says that it degrades delivery.</param>
/// <param name="LostRecords">Since the ring was made: each is covered by a gap record.</param>
internal sealed record BufferStatus(double UsedShare, long WaitingRecords, TimeSpan? TimeToFull, bool IsNearlyFull, long LostRecords)
{
    public static BufferStatus Unknown { get; } = new(double.NaN, 0, TimeToFull: null, IsNearlyFull: false, 0);
}
