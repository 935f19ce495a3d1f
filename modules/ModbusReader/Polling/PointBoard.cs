using System.Buffers;
using System.Collections.Immutable;
using Sallyport.Acquisition;
using Sallyport.Acquisition.Polling;
using Sallyport.Modbus;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.ModbusMaster.Device;
using Sallyport.Telemetry;

namespace Sallyport.ModbusReader.Polling;

/// <summary>What became of the points of one poll while it runs, and the last good value of each from earlier ones.</summary>
/// <remarks>Points that take their scale from another one wait until the end of the poll for it.</remarks>
internal sealed class PointBoard(PollPlan plan)
{
    private const long Never = 0;

    private readonly ScaledPoints _scaled = new(plan.Points);
    private readonly PointValue[] _last = new PointValue[plan.Points.Length];
    private readonly long[] _lastAtTicks = new long[plan.Points.Length];

    // Lent for the time of a poll: of many boards only a few are in use at a time.
    private ValueOutcome[] _outcomes = [];
    private DateTimeOffset[] _at = [];

    /// <summary>Begins a new poll.</summary>
    public void Clear()
    {
        if (_outcomes.Length == 0)
        {
            _outcomes = ArrayPool<ValueOutcome>.Shared.Rent(_last.Length);
            _at = ArrayPool<DateTimeOffset>.Shared.Rent(_last.Length);
        }

        Array.Clear(_outcomes);
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
            _outcomes[planned.Index] = _scaled.TryHold(planned.Index, raw) ? raw : point.Transform.Apply(raw);
            _at[planned.Index] = at;
        }
    }

    /// <summary>Enters that the points of a request have no value. What they were before is told with its own time.</summary>
    /// <param name="read">What was asked, or should have been.</param>
    /// <param name="failure">Why there is no value.</param>
    /// <param name="at">When that was clear.</param>
    public void EnterBad(PlannedRead read, ReadFailure failure, DateTimeOffset at)
    {
        foreach (PlannedPoint planned in read.Points)
        {
            _outcomes[planned.Index] = ValueOutcome.Bad(failure.Status, failure.Reason);
            _at[planned.Index] = at;
        }
    }

    /// <summary>All points of a poll that was left out.</summary>
    /// <param name="reason">Why, in a few words.</param>
    public ImmutableArray<Point> LeftOut(string reason)
    {
        var notAsked = new NotAsked(reason);
        var points = ImmutableArray.CreateBuilder<Point>(_last.Length);
        for (int i = 0; i < _last.Length; i++)
        {
            points.Add(notAsked.Of(plan.Points[i].Name, LastOf(i), LastAtOf(i)));
        }

        return points.MoveToImmutable();
    }

    /// <summary>Ends the poll.</summary>
    /// <remarks>The points live until they are in a frame and no longer: what is needed of them later is kept here without objects.</remarks>
    public PollResult Finish(DateTimeOffset timestamp, string? silence, string? trouble)
    {
        foreach (int index in _scaled.Held)
        {
            _outcomes[index] = _scaled.Apply(index, _outcomes[_scaled.SourceOf(index)]);
        }

        var points = ImmutableArray.CreateBuilder<Point>(_last.Length);
        int badCount = 0;
        for (int i = 0; i < _last.Length; i++)
        {
            points.Add(Point.Of(plan.Points[i].Name, _outcomes[i], LastOf(i), LastAtOf(i), _at[i] - timestamp));
            badCount += _outcomes[i].Status.IsGood ? 0 : 1;
            if (_outcomes[i].Value is { } value)
            {
                (_last[i], _lastAtTicks[i]) = (value, _at[i].UtcTicks);
            }
        }

        Return();
        return new PollResult(points.MoveToImmutable(), timestamp, silence, trouble, badCount);
    }

    private PointValue? LastOf(int index) => _lastAtTicks[index] == Never ? null : _last[index];

    private DateTimeOffset LastAtOf(int index) => new(_lastAtTicks[index], TimeSpan.Zero);

    private void Return()
    {
        ArrayPool<ValueOutcome>.Shared.Return(_outcomes);
        ArrayPool<DateTimeOffset>.Shared.Return(_at);
        (_outcomes, _at) = ([], []);
    }
}
