using Sallyport.Telemetry;

namespace Sallyport.Simulator.Check;

/// <summary>The frames of one (session, source, group): are they all there, once and in order?</summary>
internal sealed class FrameStream(FrameStreamKey key)
{
    private readonly SortedDictionary<long, (Frame Frame, StreamPosition At)> _frames = [];
    private readonly List<GapRecord> _gaps = [];
    private long _highest = -1;

    /// <summary>Whose frames.</summary>
    public FrameStreamKey Key { get; } = key;

    /// <summary>What is missing. Filled by <see cref="FindHoles"/>.</summary>
    public IReadOnlyList<FrameHole> Holes { get; private set; } = [];

    /// <summary>Place of the first record.</summary>
    public StreamPosition FirstPosition { get; private set; } = StreamPosition.End;

    /// <summary>Place of the last record.</summary>
    public StreamPosition LastPosition { get; private set; } = StreamPosition.Start;

    /// <summary>The frames that arrived, by number.</summary>
    public IEnumerable<Frame> Frames => _frames.Values.Select(frame => frame.Frame);

    /// <summary>Adds the next frame in the order of the pages.</summary>
    public void Add(Frame frame, StreamPosition at, Findings findings)
    {
        if (!_frames.TryAdd(frame.Seq, (frame, at)))
        {
            findings.Add(FindingKind.Duplicate, $"Frame {frame.Seq} of {Key} came twice.");
        }
        else if (frame.Seq < _highest)
        {
            findings.Add(FindingKind.OutOfOrder, $"Frame {frame.Seq} of {Key} came after frame {_highest}.");
        }

        _highest = Math.Max(_highest, frame.Seq);
        Extend(at);
    }

    /// <summary>Adds what the reader owned up to.</summary>
    public void Add(GapRecord gap, StreamPosition at)
    {
        _gaps.Add(gap);
        Extend(at);
    }

    /// <summary>Finds what is missing, and lets the reader's gap records account for it.</summary>
    public void FindHoles()
    {
        List<FrameHole> holes = [];
        long next = 0;
        var last = StreamPosition.Start;
        foreach (var (seq, (_, at)) in _frames)
        {
            if (seq > next)
            {
                holes.Add(new(next, seq - next, last, at));
            }

            (next, last) = (seq + 1, at);
        }

        // Only a gap record tells of frames lost at the very end.
        var end = _gaps.Select(gap => gap.LastSeq + 1).DefaultIfEmpty(0).Max();
        if (end > next)
        {
            holes.Add(new(next, end - next, last, StreamPosition.End));
        }

        Holes = holes;
        foreach (var gap in _gaps)
        {
            var room = gap.Count;
            foreach (var hole in holes)
            {
                var overlap = Math.Min(hole.FirstSeq + hole.Length - 1, gap.LastSeq) - Math.Max(hole.FirstSeq, gap.FirstSeq) + 1;
                var explained = Math.Clamp(Math.Min(overlap, room), 0, hole.Length - hole.Explained);
                hole.Explained += explained;
                room -= explained;
            }
        }
    }

    /// <summary>The numbers from 0 on: the frame that arrived, or null with the count of missing ones and of those accounted for.</summary>
    public IEnumerable<(Frame? Frame, long Explained)> Slots()
    {
        var holes = Holes.ToDictionary(hole => hole.FirstSeq + hole.Length);
        foreach (var (seq, (frame, _)) in _frames)
        {
            if (holes.Remove(seq, out var before))
            {
                yield return (null, before.Explained);
            }

            yield return (frame, 0);
        }

        foreach (var atEnd in holes.Values)
        {
            yield return (null, atEnd.Explained);
        }
    }

    private void Extend(StreamPosition at)
    {
        FirstPosition = at < FirstPosition ? at : FirstPosition;
        LastPosition = at > LastPosition ? at : LastPosition;
    }
}
