using System.Collections.Immutable;

namespace Sallyport.Simulator.Check;

/// <summary>A sealed page of a ring, as it arrived.</summary>
/// <param name="Buffer">Identity of the ring.</param>
/// <param name="Epoch">Number of its epoch.</param>
/// <param name="EpochId">Identity of its epoch.</param>
/// <param name="Number">Number of the page.</param>
/// <param name="FirstSeq">Sequence number of the first record.</param>
/// <param name="Lost">Records lost up to this page, since the ring was made.</param>
/// <param name="IsRecovered">It may repeat records of a larger page.</param>
/// <param name="Records">In order.</param>
/// <param name="At">When it arrived.</param>
internal sealed record Page(
    string Buffer,
    long Epoch,
    string EpochId,
    long Number,
    long FirstSeq,
    long Lost,
    bool IsRecovered,
    ImmutableArray<PageRecord> Records,
    DateTimeOffset At)
{
    /// <summary>The sequence number after the last record.</summary>
    public long NextSeq => FirstSeq + Records.Length;

    /// <summary>The place of a record.</summary>
    public StreamPosition PositionOf(int index) => new(FirstSeq + index);
}
