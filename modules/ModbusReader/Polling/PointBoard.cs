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
    private readonly PointValue?[] _last = new PointValue?[plan.Points.Length];
    private readonly DateTimeOffset[] _lastAt = new DateTimeOffset[plan.Points.Length];
    private int _badCount;

    /// <summary>Begins a new poll.</summary>
    public void Clear()
    {
        Array.Clear(_points);
        _badCount = 0;
    }

    /// <summary>Enters the values of a reply.</summary>
    public void Enter(PlannedRead read, ReadOnlySpan<byte> data)
    {
        foreach (PlannedPoint planned in read.Points)
        {
            PointPlan point = plan.Points[planned.Index];
            Set(planned.Index, Point.Good(point.Name, ValueDecoder.Decode(data, planned.Offset, point.Format)));
        }
    }

    /// <summary>Enters that the points of a request have no value. What they were before is told with its own time.</summary>
    public void EnterBad(PlannedRead read, ReadFailure failure)
    {
        foreach (PlannedPoint planned in read.Points)
        {
            int index = planned.Index;
            Set(index, Point.Bad(plan.Points[index].Name, failure.Status, failure.Reason, _last[index], _lastAt[index]));
        }
    }

    /// <summary>Ends the poll.</summary>
    public PollResult Finish(DateTimeOffset timestamp, string? silence, string? trouble)
    {
        var points = ImmutableArray.CreateBuilder<Point>(_points.Length);
        for (int i = 0; i < _points.Length; i++)
        {
            Point point = _points[i]!;
            if (point.Value is not null)
            {
                (_last[i], _lastAt[i]) = (point.Value, timestamp);
            }

            points.Add(point);
        }

        return new PollResult(points.MoveToImmutable(), timestamp, silence, trouble, _badCount);
    }

    private void Set(int index, Point point)
    {
        _points[index] = point;
        _badCount += point.Status.IsGood ? 0 : 1;
    }
}
