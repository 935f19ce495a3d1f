using System.Collections.Immutable;
using Sallyport.Modbus;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.ModbusMaster.Device;
using Sallyport.Telemetry;

namespace Sallyport.ModbusReader.Polling;

/// <summary>The points of one poll while it runs, and the last good value of each from earlier ones.</summary>
internal sealed class PointBoard(PollPlan plan)
{
    private readonly Point?[] _points = new Point?[plan.Points.Length];
    private readonly DateTimeOffset[] _readAt = new DateTimeOffset[plan.Points.Length];
    private readonly PointValue?[] _last = new PointValue?[plan.Points.Length];
    private readonly DateTimeOffset[] _lastAt = new DateTimeOffset[plan.Points.Length];

    /// <summary>Begins a new poll.</summary>
    public void Clear() => Array.Clear(_points);

    /// <summary>Enters the values of a reply.</summary>
    /// <param name="read">What was asked.</param>
    /// <param name="data">What was answered.</param>
    /// <param name="at">When the reply was complete.</param>
    public void Enter(PlannedRead read, ReadOnlySpan<byte> data, DateTimeOffset at)
    {
        foreach (PlannedPoint planned in read.Points)
        {
            PointPlan point = plan.Points[planned.Index];
            _points[planned.Index] = Point.Good(point.Name, ValueDecoder.Decode(data, planned.Offset, point.Format));
            _readAt[planned.Index] = at;
        }
    }

    /// <summary>Enters that the points of a request have no value. What they were before is told with its own time.</summary>
    public void EnterBad(PlannedRead read, ReadFailure failure)
    {
        foreach (PlannedPoint planned in read.Points)
        {
            int index = planned.Index;
            _points[index] = Point.Bad(plan.Points[index].Name, failure.Status, failure.Reason, _last[index], _lastAt[index]);
        }
    }

    /// <summary>Ends the poll.</summary>
    public PollResult Finish(DateTimeOffset timestamp, string? silence, string? trouble)
    {
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
}
