using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Sallyport.Acquisition.Polling;
using Sallyport.Modbus;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.ModbusMaster.Device;

namespace Sallyport.ModbusReader.Polling;

/// <summary>What a device taught about the addresses of one group, and the requests that follow from it.</summary>
internal sealed partial class ReadKnowledge(
    UnitPlan unit, PollPlan plan, ReadingMetrics metrics, TimeProvider time, Func<double> random, ILogger<GroupReader> logger)
{
    private readonly LearnedHoles _holes = new(plan.Map.Blocks.Length, time);
    private readonly Quarantine _quarantine = new(plan.Map, time, random);
    private ImmutableArray<PlannedRead> _reads = plan.Reads;
    private LearnedState _state = LearnedState.None;
    private bool _isPlanOld;
    private bool _isStateOld;

    /// <summary>How many requests an ordinary poll takes now.</summary>
    public int RequestCount => _reads.Length;

    /// <summary>What was learnt. Safe from any thread.</summary>
    public LearnedState State => Volatile.Read(ref _state);

    /// <summary>What is not asked for with every poll.</summary>
    public IReadOnlyList<QuarantinedRead> Quarantined => _quarantine.Reads;

    /// <summary>Begins a poll: adds its requests, the first one last.</summary>
    public void BeginPoll(Stack<OpenRead> open)
    {
        _isPlanOld |= _holes.TryLift();
        if (_isPlanOld)
        {
            _reads = plan.Map.Plan(_holes.Cuts, _quarantine.LeftOut);
            _isPlanOld = false;
        }

        _quarantine.AddDue(open, isAlone: _reads.IsEmpty);
        for (int i = _reads.Length - 1; i >= 0; i--)
        {
            open.Push(new OpenRead(_reads[i]));
        }
    }

    /// <summary>A request was answered.</summary>
    public void Answered(OpenRead open)
    {
        _holes.Answered(open.Read);
        if (open.Retry is not null)
        {
            LogReleased(unit.Name, plan.Group, open.Read.Request);
            _quarantine.Release(open.Retry);
            Changed();
        }

        if (open.Division?.PartEnded(isGood: true) == true)
        {
            _holes.Learn(open.Division.Cuts);
            Changed();
        }
    }

    /// <summary>A request brought no data, or was not made.</summary>
    /// <param name="open">The request.</param>
    /// <param name="outcome">What it ended in; null if it was not made.</param>
    public void Failed(OpenRead open, ReadOutcome? outcome)
    {
        open.Division?.PartEnded(isGood: false);
        if (open.Retry is not null && outcome is not null)
        {
            _quarantine.AskedInVain(open.Retry, outcome);
            _isStateOld = true;
        }
    }

    /// <summary>The device refused a request because of what it asks for.</summary>
    /// <returns>The parts that are to be asked instead; none if it is in quarantine now.</returns>
    public ImmutableArray<PlannedRead> Refused(OpenRead open, ReadOutcome.Refused refusal)
    {
        Failed(open, refusal);
        if (open.Retry is not null)
        {
            return [];
        }

        int tried = _holes.PositionOfTried(open.Read);
        ImmutableArray<PlannedRead> parts = refusal.Code.BlamesFunction ? []
            : tried > 0 ? plan.Map.DivideAt(open.Read, tried)
            : plan.Map.Divide(open.Read, _holes.Passed);
        if (parts.IsEmpty)
        {
            _quarantine.Add(open.Read, refusal);
            metrics.Quarantined(open.Read.Points.Length);
            LogQuarantined(unit.Name, plan.Group, open.Read.Request, refusal.Code);
            Changed();
        }
        else
        {
            metrics.Divided();
            LogDivided(unit.Name, plan.Group, open.Read.Request, refusal.Code, parts.Length);
        }

        return parts;
    }

    /// <summary>Ends a poll.</summary>
    public void EndPoll()
    {
        _isPlanOld |= _holes.EndPoll();
        if (_isStateOld || _state.Holes != _holes.Count)
        {
            _isStateOld = false;
            Volatile.Write(ref _state, NewState());
        }
    }

    private void Changed() => _isPlanOld = _isStateOld = true;

    private LearnedState NewState() => new(
        _holes.Count,
        _quarantine.Reads.Sum(read => read.Read.Points.Length),
        [.. _quarantine.Reads
            .SelectMany(read => read.Read.Points, (read, point) => new QuarantinedPoint(plan.Points[point.Index].Name, read.Failure.Reason))
            .Take(LearnedState.MaxNamed)]);

    [LoggerMessage(1140, LogLevel.Debug, "Unit {Unit}, group {Group}: {Request} was refused ({Exception}) and is divided into {Parts} requests")]
    private partial void LogDivided(string unit, string group, ReadRequest request, ModbusExceptionCode exception, int parts);

    [LoggerMessage(1141, LogLevel.Debug, "Unit {Unit}, group {Group}: {Request} is refused for itself ({Exception}) and is asked for rarely from now on")]
    private partial void LogQuarantined(string unit, string group, ReadRequest request, ModbusExceptionCode exception);

    [LoggerMessage(1142, LogLevel.Information, "Unit {Unit}, group {Group}: {Request} is answered again")]
    private partial void LogReleased(string unit, string group, ReadRequest request);
}
