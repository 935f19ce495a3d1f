using System.Collections.Immutable;
using Sallyport.Acquisition;
using Sallyport.Acquisition.Polling;
using Sallyport.Modbus;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.ModbusMaster.Device;
using Sallyport.Telemetry;

namespace Sallyport.ModbusReader.Polling;

/// <summary>One poll after the other while it runs: what is still to be asked, and what came of the rest. Not for parallel use.</summary>
/// <remarks>A request that the device refuses because of its addresses is divided at once, until only the points that really cannot be read are bad.
/// A unit that does not answer one request is not asked the others: they would only hold up the line.</remarks>
internal sealed class PollRun(PollPlan plan, ReadKnowledge knowledge, TimeProvider time)
{
    private readonly PointBoard _board = new(plan);
    private readonly RoundClock _clock = new(time);
    private readonly Stack<OpenRead> _open = new();
    private DateTimeOffset? _timestamp;
    private ReadFailure? _silence;
    private string? _trouble;
    private bool _isConnectionDown;

    /// <summary>Whether something was read, so that the poll is to be brought to its end.</summary>
    public bool HasBegun => _timestamp is not null;

    /// <summary>How many requests are still to be made.</summary>
    public int OpenCount => _open.Count;

    /// <summary>Begins a new poll.</summary>
    public void Begin()
    {
        (_timestamp, _silence, _trouble, _isConnectionDown) = (null, null, null, false);
        _clock.Begin();
        _board.Clear();
        _open.Clear();
        knowledge.BeginPoll(_open);
    }

    /// <summary>Takes the next request.</summary>
    public bool TryTake(out OpenRead open) => _open.TryPop(out open);

    /// <summary>Gives back a request that was not made.</summary>
    public void PutBack(OpenRead open) => _open.Push(open);

    /// <summary>Enters what a request ended in.</summary>
    public void Settle(OpenRead open, ReadOutcome outcome, ReadOnlySpan<byte> data)
    {
        DateTimeOffset now = _clock.Now;
        _timestamp ??= now;
        switch (outcome)
        {
            case ReadOutcome.Good:
                EnterReleased(open.Retry);
                _board.Enter(open.Read, data[..open.Read.Request.ByteCount], now);
                knowledge.Answered(open);
                break;
            case ReadOutcome.Refused { Code: { BlamesAddresses: true } or { BlamesFunction: true } } refusal:
                Divide(open, refusal);
                break;
            case ReadOutcome.Refused { Code.MeansUnreachable: false } refused:
                _trouble ??= $"{refused.Code} at {open.Read.Request}";
                EnterBad(open, ReadFailure.Of(refused), refused);
                break;
            default:
                _isConnectionDown |= outcome is ReadOutcome.Unreachable;
                GiveUp(open, outcome);
                break;
        }
    }

    /// <summary>All points of a poll that was left out, for a reason of a few words.</summary>
    public ImmutableArray<Point> LeftOut(string reason) => _board.LeftOut(reason);

    /// <summary>Ends the poll.</summary>
    public PollResult Finish()
    {
        knowledge.EndPoll();
        DateTimeOffset timestamp = _timestamp ?? _clock.Now;
        for (int i = 0; i < knowledge.Quarantined.Count; i++)
        {
            QuarantinedRead read = knowledge.Quarantined[i];
            _trouble ??= read.Trouble;
            _board.EnterBad(read.Read, read.Failure, timestamp);
        }

        return _board.Finish(timestamp, _silence?.Reason, _trouble) with { IsConnectionDown = _isConnectionDown };
    }

    // Only the first block was asked for; the others follow with the next poll.
    private void EnterReleased(QuarantinedRead? released)
    {
        if (released is not null)
        {
            _board.EnterBad(released.Read, released.Failure, _clock.Now);
        }
    }

    private void Divide(OpenRead open, ReadOutcome.Refused refusal)
    {
        ImmutableArray<PlannedRead> parts = knowledge.Refused(open, refusal);
        if (parts.IsEmpty)
        {
            return;
        }

        var division = new Division(parts);
        for (int i = parts.Length - 1; i >= 0; i--)
        {
            _open.Push(new OpenRead(parts[i], division));
        }

        if (_silence is { } silence)
        {
            GiveUpOpen(silence);
        }
    }

    private void EnterBad(OpenRead open, ReadFailure failure, ReadOutcome? outcome)
    {
        knowledge.Failed(open, outcome);
        _board.EnterBad(open.Read, failure, _clock.Now);
    }

    private void GiveUp(OpenRead failed, ReadOutcome outcome)
    {
        ReadFailure failure = ReadFailure.Of(outcome);
        _silence ??= failure;
        EnterBad(failed, failure, outcome);
        GiveUpOpen(failure);
    }

    private void GiveUpOpen(ReadFailure failure)
    {
        while (_open.TryPop(out OpenRead unasked))
        {
            EnterBad(unasked, failure, outcome: null);
        }
    }
}
