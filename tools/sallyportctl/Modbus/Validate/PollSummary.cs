using System.Collections.Immutable;
using System.Globalization;
using Sallyport.Modbus;
using Sallyport.ModbusMaster.Configuration;

namespace Sallyport.Ctl.Modbus.Validate;

/// <summary>What one poll of one unit costs.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Poll">Its points of one group.</param>
/// <param name="FrameBytes">Bytes of its frames, about.</param>
internal sealed record PollSummary(UnitPlan Unit, PollPlan Poll, int FrameBytes)
{
    /// <summary>Requests of one poll.</summary>
    public int Requests => Poll.Reads.Length;

    /// <summary>The most registers in one request.</summary>
    public int LargestRequest => Quantities(read => !read.Table.HoldsBits).DefaultIfEmpty().Max();

    /// <summary>Registers of one poll, those included that nobody asked for.</summary>
    public int Registers => Quantities(read => !read.Table.HoldsBits).Sum();

    /// <summary>Bits of one poll, those included that nobody asked for.</summary>
    public int Bits => Quantities(read => read.Table.HoldsBits).Sum();

    /// <summary>How long a poll takes if each request takes all the time that it has.</summary>
    public TimeSpan Slowest => Requests * Unit.Connection.Timeout;

    /// <summary>Bytes of its frames, and how many frames that are if it is more than one.</summary>
    public string FramesAsText => FrameEstimate.FramesOf(FrameBytes) is > 1 and var frames
        ? string.Create(CultureInfo.InvariantCulture, $"{FrameBytes} in {frames} frames")
        : FrameBytes.ToString(CultureInfo.InvariantCulture);

    /// <summary>All polls of a plan.</summary>
    public static ImmutableArray<PollSummary> Of(DevicePlan plan) =>
        [.. from unit in plan.Units from poll in unit.Polls select new PollSummary(unit, poll, FrameEstimate.BytesOf(unit, poll))];

    private IEnumerable<int> Quantities(Func<ReadRequest, bool> which) =>
        Poll.Reads.Where(read => which(read.Request)).Select(read => (int)read.Request.Quantity);
}
