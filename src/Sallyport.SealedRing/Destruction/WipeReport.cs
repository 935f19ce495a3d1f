namespace Sallyport.SealedRing.Destruction;

/// <summary>What was destroyed, for the record.</summary>
/// <param name="Buffer">Which ring.</param>
/// <param name="LastSeq">The last sequence number that it had given; −1 for none.</param>
/// <param name="UnsentRecords">Records that it had not delivered and that are gone with it.</param>
/// <param name="Bytes">Bytes that were overwritten and read back.</param>
/// <param name="WasResumed">Whether an earlier attempt had been interrupted.</param>
/// <param name="Time">When it was done.</param>
public sealed record WipeReport(UInt128 Buffer, long LastSeq, long UnsentRecords, long Bytes, bool WasResumed, DateTimeOffset Time)
{
    /// <summary>How: the words of the standard, with what they mean here.</summary>
    public static string Method =>
        "NIST SP 800-88 Clear: the wrapped keys overwritten with random bytes, then zeros; then everything overwritten with zeros once and read back. Flash may keep old copies: they are encrypted with the destroyed key.";
}
