namespace Sallyport.BatchVerification.Content;

/// <summary>What rings told to be lost, by place: each lost record accounts for one missing frame at most. Not safe for several threads.</summary>
internal sealed class RingLosses(VerificationSummary summary)
{
    private readonly List<(UInt128 Buffer, NumberRange Range, long Room)> _losses =
    [
        .. from ring in summary.Streams
           from missing in ring.Missing
           where missing.Kind is MissingKind.Lost or MissingKind.Skipped
           select (ring.Buffer, missing.Range, missing.Count),
    ];

    /// <summary>Lets the losses around a hole account for missing frames.</summary>
    /// <returns>For how many.</returns>
    public long Take(FrameHole hole, long frames)
    {
        long left = frames;
        for (int at = 0; at < _losses.Count && left > 0; at++)
        {
            (UInt128 buffer, NumberRange range, long room) = _losses[at];
            if (buffer == hole.Buffer && range.Last > hole.After && range.First < hole.Before)
            {
                long taken = Math.Min(left, room);
                _losses[at] = (buffer, range, room - taken);
                left -= taken;
            }
        }

        return frames - left;
    }
}
