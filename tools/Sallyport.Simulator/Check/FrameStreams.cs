using System.Collections.Immutable;

namespace Sallyport.Simulator.Check;

/// <summary>Sorts the records of one buffer into the streams of its readers.</summary>
internal static class FrameStreams
{
    /// <summary>Sorts, and finds what is missing in each stream.</summary>
    /// <param name="pages">In their own order.</param>
    /// <param name="gaps">What the ring owned up to.</param>
    /// <param name="findings">What came twice or late.</param>
    public static IReadOnlyCollection<FrameStream> Of(ImmutableArray<Page> pages, ImmutableArray<RingGap> gaps, Findings findings)
    {
        Dictionary<FrameStreamKey, FrameStream> streams = [];
        foreach (var page in pages)
        {
            foreach (var (index, record) in page.Records.Index())
            {
                if (record is PageRecord.OfFrame { Frame: var frame })
                {
                    Find(streams, new(frame.Session, frame.Source, frame.Group)).Add(frame, page.PositionOf(index), findings);
                }
                else if (record is PageRecord.OfGap { Gap: { Origin: { } origin } gap })
                {
                    Find(streams, new(origin.Session, origin.Source, origin.Group)).Add(gap, page.PositionOf(index));
                }
            }
        }

        foreach (var stream in streams.Values)
        {
            stream.FindHoles();
        }

        RingGapExplanation.Explain(streams.Values, gaps);
        return streams.Values;
    }

    /// <summary>Adds a finding for each frame that no gap record accounts for.</summary>
    public static void FindMissing(IEnumerable<FrameStream> streams, Findings findings)
    {
        foreach (var stream in streams)
        {
            foreach (var hole in stream.Holes)
            {
                findings.Add(
                    FindingKind.MissingFrame,
                    $"{hole.Length - hole.Explained} of the {hole.Length} frames from {hole.FirstSeq} on of {stream.Key} are missing without a gap record.",
                    hole.Length - hole.Explained);
            }
        }
    }

    private static FrameStream Find(Dictionary<FrameStreamKey, FrameStream> streams, FrameStreamKey key)
    {
        if (!streams.TryGetValue(key, out var stream))
        {
            streams.Add(key, stream = new(key));
        }

        return stream;
    }
}
