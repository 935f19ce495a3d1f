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
/// <param name="Value">What a frame would tell, if it ended well.</param>
/// <param name="Raw">Its data bytes, if it ended well; for coils and discrete inputs the bit.</param>
internal sealed record PointResult(UnitPlan Unit, PointPlan Plan, ReadRequest Request, ReadOutcome Outcome, ValueOutcome Value, string Raw)
{
    /// <summary>Whether there is a value that a frame could carry.</summary>
    public bool IsGood => Outcome is ReadOutcome.Good && Value.Value is not null;

    /// <summary>Takes a point out of a block.</summary>
    public static PointResult Of(UnitPlan unit, PointPlan point, AddressBlock block, int offset)
    {
        if (!block.IsGood)
        {
            return new PointResult(unit, point, block.Request, block.Outcome, default, "");
        }

        ValueOutcome value = ValueDecoder.Decode(block.Data.Span, offset, point.Format);
        string raw = point.Address.Table.HoldsBits
            ? (value.Value!.Value.AsBoolean() ? "1" : "0")
            : Convert.ToHexString(block.Data.Span.Slice(offset * 2, point.Address.Width * 2));
        return new PointResult(unit, point, block.Request, block.Outcome, value, raw);
    }

    /// <summary>The same after the transformation that the plan asks for.</summary>
    /// <param name="others">The results of the same read, the one that has the scale among them.</param>
    public PointResult Transformed(IEnumerable<PointResult> others)
    {
        if (Outcome is not ReadOutcome.Good)
        {
            return this;
        }

        PointResult? scale = others.FirstOrDefault(other => string.Equals(other.Plan.Name, Plan.Transform.ScaleFrom, StringComparison.Ordinal));
        return this with
        {
            Value = scale is null ? Plan.Transform.Apply(Value) : Plan.Transform.Apply(Value, scale.Plan.Transform.Apply(scale.Value)),
        };
    }
}
