using Sallyport.SealedRing.Devices;

namespace Sallyport.SealedRing.Inspection;

/// <summary>What came of looking at a device.</summary>
public abstract record RingInspection
{
    private RingInspection()
    {
    }

    /// <summary>It is a ring, or was one.</summary>
    /// <param name="Findings">What it says of itself.</param>
    public sealed record Found(RingFindings Findings) : RingInspection;

    /// <summary>Neither copy of the static block is one.</summary>
    /// <param name="Reason">For people.</param>
    public sealed record NoRing(string Reason) : RingInspection;

    /// <summary>The disk said no.</summary>
    /// <param name="Fault">What it said.</param>
    public sealed record Unreadable(DeviceFault Fault) : RingInspection;
}
