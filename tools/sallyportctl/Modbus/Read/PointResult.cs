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
/// <param name="Value">What a frame would tell.</param>
/// <param name="Raw">Its data bytes, if it ended well; for coils and discrete inputs the bit.</param>
internal sealed record PointResult(UnitPlan Unit, PointPlan Plan, ReadRequest Request, ReadOutcome Outcome, ValueOutcome Value, string Raw)
{
    /// <summary>Whether there is a value that a frame could carry.</summary>
    public bool IsGood => Value.Value is not null;

    /// <summary>Takes a point out of a block, as the device has it.</summary>
    public static PointResult Of(UnitPlan unit, PointPlan point, AddressBlock block)
    {
        ValueOutcome value = PointReading.RawOf(point, block.Request, block.Outcome, block.Data.Span);
        string raw = !block.IsGood ? ""
            : point.Address.Table.HoldsBits ? (value.Value!.Value.AsBoolean() ? "1" : "0")
            : Convert.ToHexString(block.Data.Span.Slice((point.Address.Address - block.Request.Address) * 2, point.Address.Width * 2));
        return new PointResult(unit, point, block.Request, block.Outcome, value, raw);
    }

    /// <summary>The same after what the plan does to it.</summary>
    /// <param name="others">The results of the same read as the device has them, the one that has the scale among them.</param>
    public PointResult Transformed(IEnumerable<PointResult> others)
    {
        PointPlan? scale = PointReading.ScaleOf(Unit, Plan);
        ValueOutcome power = scale is null ? default : others.First(other => other.Plan == scale).Value;
        return this with { Value = PointReading.ValueOf(Plan, Value, scale, power) };
    }
}
