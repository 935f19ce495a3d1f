namespace Sallyport.Telemetry;

/// <summary>Sequence numbers that will never come, and why: <c>sallyport.gap/1</c>. Takes its place in the stream, never a hidden hole.</summary>
/// <param name="Reason">Why.</param>
/// <param name="FirstSeq">First missing number, of the ring, or of the reader's stream if <paramref name="Origin"/> is given.</param>
/// <param name="LastSeq">Last missing number.</param>
/// <param name="Count">How many records are known to be lost: at most <c>LastSeq - FirstSeq + 1</c>; 0 only from the ring, for numbers that held no reading or that nobody may have used.</param>
/// <param name="Origin">The reader's stream; null for a gap of the ring.</param>
public sealed record GapRecord(GapReason Reason, long FirstSeq, long LastSeq, long Count, GapOrigin? Origin = null)
{
    /// <summary>Name and major version in the <c>schema</c> member and property.</summary>
    public const string Schema = "sallyport.gap/1";
}
