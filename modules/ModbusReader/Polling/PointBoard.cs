using System.Collections.Immutable;
using Sallyport.Modbus;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.ModbusMaster.Device;
using Sallyport.Telemetry;

namespace Sallyport.ModbusReader.Polling;

/// <summary>The points of one poll while it runs, and the last good value of each from earlier ones.</summary>
/// <remarks>Points that take their scale from another one wait until the end of the poll for it.</remarks>
internal sealed class PointBoard(PollPlan plan)
{
    private readonly ScaledPoints _scaled = new(plan.Points);
    private readonly Point?[] _points = new Point?[plan.Points.Length];
    private readonly DateTimeOffset[] _readAt = new DateTimeOffset[plan.Points.Length];
    private readonly PointValue?[] _last = new PointValue?[plan.Points.Length];
    private readonly DateTimeOffset[] _lastAt = new DateTimeOffset[plan.Points.Length];

    /// <summary>Begins a new poll.</summary>
    public void Clear()
    {
        Array.Clear(_points);
        _scaled.Clear();
    }

    /// <summary>Enters the values of a reply.</summary>
    /// <param name="read">What was asked.</param>
    /// <param name="data">What was answered.</param>
    /// <param name="at">When the reply was complete.</param>
    public void Enter(PlannedRead read, ReadOnlySpan<byte> data, DateTimeOffset at)
    {
        foreach (PlannedPoint planned in read.Points)
        {
            PointPlan point = plan.Points[planned.Index];
            ValueOutcome raw = ValueDecoder.Decode(data, planned.Offset, point.Format);
            if (!_scaled.TryHold(planned.Index, raw))
            {
                Set(planned.Index, point.Transform.Apply(raw));
            }

            _readAt[planned.Index] = at;
        }
    }

    /// <summary>Enters that the points of a request have no value. What they were before is told with its own time.</summary>
    public void EnterBad(PlannedRead read, ReadFailure failure)
    {
        foreach (PlannedPoint planned in read.Points)
        {
            Set(planned.Index, ValueOutcome.Bad(failure.Status, failure.Reason));
        }
    }

    /// <summary>Ends the poll.</summary>
    public PollResult Finish(DateTimeOffset timestamp, string? silence, string? trouble)
    {
        foreach (int index in _scaled.Held)
        {
            Set(index, _scaled.Apply(index, _points[_scaled.SourceOf(index)]!));
        }

        var points = ImmutableArray.CreateBuilder<Point>(_points.Length);
        int badCount = 0;
        for (int i = 0; i < _points.Length; i++)
        {
            Point point = _points[i]!;
            if (point.Value is not null)
            {
                (_last[i], _lastAt[i]) = (point.Value, _readAt[i]);
            }

            badCount += point.Status.IsGood ? 0 : 1;
            points.Add(point);
        }

        return new PollResult(points.MoveToImmutable(), timestamp, silence, trouble, badCount);
    }

    private void Set(int index, ValueOutcome outcome) =>
        _points[index] = Point.Of(plan.Points[index].Name, outcome, _last[index], _lastAt[index]);
}
