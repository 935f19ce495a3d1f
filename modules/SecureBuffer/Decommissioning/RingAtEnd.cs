using System.Globalization;
using Sallyport.SecureBuffer.Ring;

namespace Sallyport.SecureBuffer.Decommissioning;

/// <summary>A lane's ring as it was when it was to be destroyed.</summary>
/// <param name="Lane"><c>bulk</c> or <c>alerts</c>.</param>
/// <param name="Buffer">Its id and its lane.</param>
/// <param name="Records">Not proven to have arrived.</param>
/// <param name="LastSeq">The last number that was given; −1 for none.</param>
/// <param name="Bytes">Size of the ring.</param>
internal sealed record RingAtEnd(string Lane, string Buffer, long Records, long LastSeq, long Bytes)
{
    private const int Digits = 32;

    public static RingAtEnd Of(LaneStatus lane) => new(lane.Name, lane.Identity?.Buffer ?? "", lane.Depth, lane.NextSeq - 1, lane.CapacityInBytes);

    /// <summary>The number in its id; 0 if it was not open.</summary>
    public UInt128 Id => Buffer.Length > Digits && UInt128.TryParse(Buffer.AsSpan(0, Digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out UInt128 id) ? id : 0;
}
