using Sallyport.Telemetry;

namespace Sallyport.Simulator.Check;

/// <summary>A loss that the ring owned up to: room for frames that are missing around there.</summary>
internal sealed class RingGap(StreamPosition first, StreamPosition last, GapRecord gap)
{
    /// <summary>Place of the first missing record.</summary>
    public StreamPosition First { get; } = first;

    /// <summary>Place of the last missing record.</summary>
    public StreamPosition Last { get; } = last;

    /// <summary>Why, and how many.</summary>
    public GapRecord Gap { get; } = gap;

    /// <summary>How many missing frames it can still account for. After an unclean end nobody knows how many there were: at most the numbers skipped.</summary>
    public long Room { get; private set; } = gap.Reason is GapReason.Unclean ? gap.LastSeq - gap.FirstSeq + 1 : gap.Count;

    /// <summary>Takes room for missing frames.</summary>
    /// <returns>How many of them it accounts for.</returns>
    public long Take(long frames)
    {
        var taken = Math.Min(frames, Room);
        Room -= taken;
        return taken;
    }
}
