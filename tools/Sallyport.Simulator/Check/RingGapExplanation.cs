namespace Sallyport.Simulator.Check;

/// <summary>Lets the ring's gap records account for frames that are missing around their place.</summary>
/// <remarks>A gap of the ring counts records, not frames of one reader, so each gap has room for its count and holes compete for it.
/// Serving the hole that ends first from the earliest gap it reaches wastes no room, as in any matching of intervals to points.</remarks>
internal static class RingGapExplanation
{
    /// <summary>Hands out the room of the gaps of one buffer.</summary>
    public static void Explain(IEnumerable<FrameStream> streams, IReadOnlyList<RingGap> gaps)
    {
        foreach (var hole in streams.SelectMany(stream => stream.Holes).OrderBy(hole => hole.Before))
        {
            foreach (var gap in gaps.Where(gap => gap.Last > hole.After && gap.First < hole.Before).OrderBy(gap => gap.First))
            {
                hole.Explained += gap.Take(hole.Length - hole.Explained);
            }
        }
    }
}
