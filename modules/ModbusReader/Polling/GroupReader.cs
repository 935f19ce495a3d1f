using System.Collections.Immutable;
using Sallyport.Modbus;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.ModbusMaster.Device;

namespace Sallyport.ModbusReader.Polling;

/// <summary>Carries out one poll after the other of one group of one unit. Not for parallel use.</summary>
/// <remarks>A request that the device refuses because of its addresses is divided at once, until only the points that really cannot be read are bad.
/// The division is kept for a while. A unit that does not answer one request is not asked the others: they would only hold up the line.</remarks>
internal sealed class GroupReader(UnitPlan unit, PollPlan plan, IModbusMaster master, TimeProvider time, Func<double> random)
{
    /// <summary>How long a division is kept before the requests are tried as they were planned again.</summary>
    public static readonly TimeSpan DivisionKept = TimeSpan.FromMinutes(10);

    /// <summary>How long a busy device is given before the one retry, at most.</summary>
    public static readonly TimeSpan BusyPause = TimeSpan.FromMilliseconds(200);

    private readonly PointBoard _board = new(plan);
    private readonly byte[] _data = new byte[MbapHeader.MaxPduLength];
    private readonly Stack<PlannedRead> _open = new();
    private readonly List<PlannedRead> _done = [];
    private ImmutableArray<PlannedRead> _reads = plan.Reads;
    private long _dividedAt;
    private bool _isConnectionDown;

    /// <summary>How many requests a poll takes now.</summary>
    public int RequestCount => _reads.Length;

    /// <summary>Reads all points of the group.</summary>
    /// <param name="stop">Ends the waiting for the first request; once anything was read the poll is brought to its end.</param>
    /// <exception cref="OperationCanceledException">Stopped before anything was read.</exception>
    public async ValueTask<PollResult> ReadAsync(CancellationToken stop)
    {
        Begin();
        DateTimeOffset? timestamp = null;
        string? silence = null;
        string? trouble = null;
        while (_open.TryPop(out PlannedRead? read))
        {
            ReadOutcome outcome = await AskAsync(read, timestamp is null ? stop : CancellationToken.None);
            timestamp ??= time.GetUtcNow();
            switch (outcome)
            {
                case ReadOutcome.Good:
                    _board.Enter(read, _data.AsSpan(0, read.Request.ByteCount));
                    break;
                case ReadOutcome.Refused { Code.BlamesAddresses: true } when TryDivide(read):
                    continue;
                case ReadOutcome.Refused { Code.MeansUnreachable: false } refused:
                    trouble ??= $"{refused.Code} at {read.Request}";
                    _board.EnterBad(read, ReadFailure.Of(refused));
                    break;
                default:
                    silence = GiveUp(read, outcome);
                    break;
            }

            _done.Add(read);
        }

        if (_done.Count != _reads.Length)
        {
            _reads = [.. _done];
        }

        return _board.Finish(timestamp!.Value, silence, trouble) with { IsConnectionDown = _isConnectionDown };
    }

    private void Begin()
    {
        if (_reads.Length != plan.Reads.Length && time.GetElapsedTime(_dividedAt) >= DivisionKept)
        {
            _reads = plan.Reads;
        }

        _isConnectionDown = false;
        _board.Clear();
        _open.Clear();
        _done.Clear();
        for (int i = _reads.Length - 1; i >= 0; i--)
        {
            _open.Push(_reads[i]);
        }
    }

    private async ValueTask<ReadOutcome> AskAsync(PlannedRead read, CancellationToken cancellationToken)
    {
        ReadOutcome outcome = await master.ReadAsync(unit.UnitId, read.Request, _data, cancellationToken);
        if (outcome is ReadOutcome.Refused { Code.MeansBusy: true })
        {
            await Task.Delay(BusyPause * random(), time, CancellationToken.None);
            outcome = await master.ReadAsync(unit.UnitId, read.Request, _data, CancellationToken.None);
        }

        return outcome;
    }

    private bool TryDivide(PlannedRead read)
    {
        ImmutableArray<PlannedRead> parts = ReadPlanner.Divide(read, plan.Addresses, plan.Limits);
        for (int i = parts.Length - 1; i >= 0; i--)
        {
            _open.Push(parts[i]);
        }

        _dividedAt = parts.IsEmpty ? _dividedAt : time.GetTimestamp();
        return !parts.IsEmpty;
    }

    private string GiveUp(PlannedRead failed, ReadOutcome outcome)
    {
        _isConnectionDown = outcome is ReadOutcome.Unreachable;
        ReadFailure failure = ReadFailure.Of(outcome);
        _board.EnterBad(failed, failure);
        while (_open.TryPop(out PlannedRead? unasked))
        {
            _board.EnterBad(unasked, failure);
            _done.Add(unasked);
        }

        return failure.Reason;
    }
}
