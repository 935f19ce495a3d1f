using Sallyport.Modbus;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.Telemetry;

namespace Sallyport.ModbusMaster.Device;

/// <summary>Reads one point on its own, outside of any poll.</summary>
public static class PointReading
{
    /// <summary>Reads a point, and the point that its scale comes from if it has one.</summary>
    /// <param name="unit">The unit it belongs to.</param>
    /// <param name="point">One of its points.</param>
    /// <param name="master">The way to it.</param>
    /// <param name="cancellationToken">Ends the waiting for the line.</param>
    public static async Task<Point> ReadAsync(UnitPlan unit, PointPlan point, IModbusMaster master, CancellationToken cancellationToken)
    {
        ValueOutcome raw = await RawAsync(unit, point, master, cancellationToken);
        if (raw.Value is null || point.Transform.ScaleFrom is not { } source)
        {
            return Point.Of(point.Name, point.Transform.Apply(raw));
        }

        PointPlan scale = unit.Polls.SelectMany(poll => poll.Points).First(other => string.Equals(other.Name, source, StringComparison.Ordinal));
        ValueOutcome power = scale.Transform.Apply(await RawAsync(unit, scale, master, cancellationToken));
        return Point.Of(point.Name, point.Transform.Apply(raw, power));
    }

    private static async Task<ValueOutcome> RawAsync(UnitPlan unit, PointPlan point, IModbusMaster master, CancellationToken cancellationToken)
    {
        byte[] data = new byte[MbapHeader.MaxPduLength];
        ReadRequest request = unit.Polls.First(poll => poll.Points.Contains(point)).Limits.RequestFor(point.Address);
        ReadOutcome outcome = await master.ReadAsync(unit.UnitId, request, data, cancellationToken);
        return outcome is ReadOutcome.Good
            ? ValueDecoder.Decode(data.AsSpan(0, request.ByteCount), point.Address.Address - request.Address, point.Format)
            : ValueOutcome.Bad(ReadFailure.Of(outcome).Status, ReadFailure.Of(outcome).Reason);
    }
}
