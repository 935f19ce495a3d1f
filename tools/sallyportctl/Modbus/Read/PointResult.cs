using Sallyport.Modbus;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.ModbusMaster.Device;
using Sallyport.Telemetry;

namespace Sallyport.Ctl.Modbus.Read;

/// <summary>What one point gave.</summary>
/// <param name="Unit">Its unit.</param>
/// <param name="Plan">The point.</param>
/// <param name="Request">The request that it was in.</param>
/// <param name="Outcome">How that ended.</param>
/// <param name="Value">If it ended well.</param>
/// <param name="Raw">Its data bytes, if it ended well; for bits the bit.</param>
internal sealed record PointResult(UnitPlan Unit, PointPlan Plan, ReadRequest Request, ReadOutcome Outcome, PointValue Value, string Raw)
{
    /// <summary>Whether there is a value that a frame could carry.</summary>
    public bool IsGood => Outcome is ReadOutcome.Good && Value.IsFinite;

    /// <summary>Takes a point out of a block.</summary>
    public static PointResult Of(UnitPlan unit, PointPlan point, AddressBlock block, int offset)
    {
        if (!block.IsGood)
        {
            return new PointResult(unit, point, block.Request, block.Outcome, default, "");
        }

        PointValue value = ValueDecoder.Decode(block.Data.Span, offset, point.Format);
        string raw = point.Address.Table.HoldsBits
            ? (value.AsBoolean() ? "1" : "0")
            : Convert.ToHexString(block.Data.Span.Slice(offset * 2, point.Address.Width * 2));
        return new PointResult(unit, point, block.Request, block.Outcome, value, raw);
    }
}
