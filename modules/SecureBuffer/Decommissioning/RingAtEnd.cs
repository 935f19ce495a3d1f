using Sallyport.SecureBuffer.Ring;

namespace Sallyport.SecureBuffer.Decommissioning;

/// <summary>A lane's ring as it was when it was to be destroyed.</summary>
/// <param name="Lane"><c>bulk</c> or <c>alerts</c>.</param>
/// <param name="Buffer">Its id; empty if it was not open.</param>
/// <param name="Records">Not proven to have arrived.</param>
/// <param name="LastSeq">The last number that was given; −1 for none.</param>
internal sealed record RingAtEnd(string Lane, string Buffer, long Records, long LastSeq)
{
    public static RingAtEnd Of(LaneStatus lane) => new(lane.Name, lane.Identity?.Buffer ?? "", lane.Depth, lane.NextSeq - 1);
}
