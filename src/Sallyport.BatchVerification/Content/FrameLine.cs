using Sallyport.Telemetry;

namespace Sallyport.BatchVerification.Content;

/// <summary>The frames of one stream, as far as they arrived. Not safe for several threads.</summary>
internal sealed class FrameLine(FrameStreamName name, bool isExcerpt)
{
    private const int MostHoles = 256;

    private readonly NumberSet _seen = new();
    private readonly List<FrameHole> _holes = [];
    private readonly List<KnownGap> _gaps = [];
    private long? _next = isExcerpt ? null : 0;
    private (DateTimeOffset Timestamp, UInt128 Buffer, long Seq) _last = (DateTimeOffset.MinValue, 0, -1);

    /// <summary>Takes a frame.</summary>
    /// <param name="frame">It.</param>
    /// <param name="buffer">The ring that it came from.</param>
    /// <param name="seq">The ring's number of it.</param>
    /// <param name="isLate">It came after a younger one.</param>
    /// <param name="isKnown">It was there before.</param>
    public ContentFinding? Add(Frame frame, UInt128 buffer, long seq, out bool isLate, out bool isKnown)
    {
        isLate = frame.Seq < _next;
        isKnown = _seen.CountIn(new NumberRange(frame.Seq, frame.Seq)) > 0;
        if (isKnown)
        {
            return new ContentFinding.FrameRepeated(name, frame.Seq);
        }

        _seen.Add(new NumberRange(frame.Seq, frame.Seq));
        bool isBack = isLate ? frame.Timestamp > _last.Timestamp : frame.Timestamp < _last.Timestamp;
        ContentFinding? finding = isBack ? new ContentFinding.TimeWentBack(name, frame.Seq, frame.Timestamp, _last.Timestamp) : null;
        if (isLate)
        {
            return finding;
        }

        if (frame.Seq > (_next ?? frame.Seq) && _holes.Count < MostHoles)
        {
            _holes.Add(new FrameHole(new NumberRange(_next!.Value, frame.Seq - 1), buffer, _last.Buffer == buffer ? _last.Seq : -1, seq));
        }

        _next = frame.Seq + 1;
        _last = (frame.Timestamp, buffer, seq);
        return finding;
    }

    /// <summary>Takes what the reader owns up to.</summary>
    public void Add(GapRecord gap)
    {
        if (_gaps.Count < MostHoles)
        {
            _gaps.Add(new KnownGap(gap.Reason, new NumberRange(gap.FirstSeq, gap.LastSeq), gap.Count));
        }
    }

    /// <summary>What is missing and neither the reader nor a ring accounts for.</summary>
    /// <param name="losses">Of the rings; what is used is taken from them.</param>
    public List<ContentFinding.FramesMissing> Missing(RingLosses losses)
    {
        List<ContentFinding.FramesMissing> missing = [];
        List<KnownGap> gaps = [.. _gaps];
        foreach (FrameHole hole in _holes)
        {
            long left = hole.Frames.Count - _seen.CountIn(hole.Frames);
            for (int at = 0; at < gaps.Count && left > 0; at++)
            {
                long overlap = Math.Min(gaps[at].Range.Last, hole.Frames.Last) - Math.Max(gaps[at].Range.First, hole.Frames.First) + 1;
                long taken = Math.Clamp(Math.Min(overlap, gaps[at].Room), 0, left);
                gaps[at] = gaps[at] with { Room = gaps[at].Room - taken };
                left -= taken;
            }

            left -= losses.Take(hole, left);
            if (left > 0)
            {
                missing.Add(new ContentFinding.FramesMissing(name, hole.Frames, left));
            }
        }

        return missing;
    }
}
