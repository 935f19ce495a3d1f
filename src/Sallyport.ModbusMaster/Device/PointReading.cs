using Sallyport.Modbus;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.Telemetry;

namespace Sallyport.ModbusMaster.Device;

/// <summary>Reads one point on its own, outside of any poll; and says what a point is after a read that somebody else made.</summary>
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
        PointPlan? scale = raw.Value is null ? null : ScaleOf(unit, point);
        ValueOutcome power = scale is null ? default : await RawAsync(unit, scale, master, cancellationToken);
        return Point.Of(point.Name, ValueOf(point, raw, scale, power));
    }

    /// <summary>The point that has the scale of another one; null if that needs none.</summary>
    /// <param name="unit">The unit of both.</param>
    /// <param name="point">One of its points.</param>
    public static PointPlan? ScaleOf(UnitPlan unit, PointPlan point) => point.Transform.ScaleFrom is { } source
        ? unit.Polls.SelectMany(poll => poll.Points).First(other => string.Equals(other.Name, source, StringComparison.Ordinal))
        : null;

    /// <summary>What the device answered for a point, before anything is done to it; bad if it answered nothing.</summary>
    /// <param name="point">A point that the request covers.</param>
    /// <param name="request">The request.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="data">Its data bytes, if it ended well.</param>
    public static ValueOutcome RawOf(PointPlan point, ReadRequest request, ReadOutcome outcome, ReadOnlySpan<byte> data) =>
        outcome is ReadOutcome.Good
            ? ValueDecoder.Decode(data[..request.ByteCount], point.Address.Address - request.Address, point.Format)
            : ValueOutcome.Bad(ReadFailure.Of(outcome).Status, ReadFailure.Of(outcome).Reason);

    /// <summary>What is told of a point.</summary>
    /// <param name="point">The point.</param>
    /// <param name="raw">What the device answered for it.</param>
    /// <param name="scale">As in <see cref="ScaleOf"/>.</param>
    /// <param name="rawOfScale">What the device answered for that; not looked at without a scale.</param>
    public static ValueOutcome ValueOf(PointPlan point, ValueOutcome raw, PointPlan? scale, ValueOutcome rawOfScale) =>
        scale is null ? point.Transform.Apply(raw) : point.Transform.Apply(raw, scale.Transform.Apply(rawOfScale));

    private static async Task<ValueOutcome> RawAsync(UnitPlan unit, PointPlan point, IModbusMaster master, CancellationToken cancellationToken)
    {
        byte[] data = new byte[MbapHeader.MaxPduLength];
        ReadRequest request = unit.Polls.First(poll => poll.Points.Contains(point)).Limits.RequestFor(point.Address);
        return RawOf(point, request, await master.ReadAsync(unit.UnitId, request, data, cancellationToken), data);
    }
}
