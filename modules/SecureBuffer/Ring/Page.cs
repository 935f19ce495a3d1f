using Sallyport.Telemetry;

namespace Sallyport.SecureBuffer.Ring;

/// <summary>Records that were sealed together and travel as one message.</summary>
/// <param name="Number">Counts from 0 without holes.</param>
/// <param name="Type">Of all its records.</param>
/// <param name="FirstSeq">Sequence number of the first record.</param>
/// <param name="Count">Number of records.</param>
/// <param name="Lost">What the gap records up to and including this page add up to.</param>
/// <param name="Body">The batch body.</param>
/// <param name="Quality">Worst of its records; null if none said.</param>
/// <param name="OpenedAt">When its first record came.</param>
/// <param name="SealedAt">When it was sealed.</param>
internal sealed record Page(
    long Number,
    MessageType Type,
    long FirstSeq,
    int Count,
    long Lost,
    ReadOnlyMemory<byte> Body,
    Quality? Quality,
    Moment OpenedAt,
    Moment SealedAt)
{
    /// <summary>True for a page of gap records, which is never evicted: it stands for what was.</summary>
    public bool IsGap { get; init; }

    /// <summary>Sequence number of the last record.</summary>
    public long LastSeq => FirstSeq + Count - 1;

    /// <summary>Made at the first hand-over and kept: a resend is the same message. Not null means that the page may have arrived.</summary>
    public HubMessage? Message { get; set; }
}
