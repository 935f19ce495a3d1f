using Sallyport.Telemetry;

namespace Sallyport.Simulator.Check;

/// <summary>One record of a page, as far as the check looks into it.</summary>
internal abstract record PageRecord
{
    private PageRecord()
    {
    }

    /// <summary>Values of a device.</summary>
    internal sealed record OfFrame(Frame Frame) : PageRecord;

    /// <summary>Something is missing, said by a reader or by the ring.</summary>
    internal sealed record OfGap(GapRecord Gap) : PageRecord;

    /// <summary>Status, event or metadata of a sound form.</summary>
    internal sealed record OfOther(string Schema) : PageRecord;
}
