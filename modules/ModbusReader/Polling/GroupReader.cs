using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Sallyport.Acquisition.Polling;
using Sallyport.Modbus;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.ModbusMaster.Device;
using Sallyport.Telemetry;

namespace Sallyport.ModbusReader.Polling;

/// <summary>Carries out one poll after the other of one group of one unit, with as many requests at once as the connection allows. Not for parallel use.</summary>
internal sealed class GroupReader : IGroupReader
{
    /// <summary>How long a busy device is given before the one retry, at most.</summary>
    public static readonly TimeSpan BusyPause = TimeSpan.FromMilliseconds(200);

    private readonly UnitPlan _unit;
    private readonly IModbusMaster _master;
    private readonly TimeProvider _time;
    private readonly Func<double> _random;
    private readonly ReadKnowledge _knowledge;
    private readonly PollRun _run;
    private readonly Lock _lock = new();
    private readonly List<byte[]> _buffers = [];

    /// <summary>Creates a reader that knows nothing about the device.</summary>
    public GroupReader(
        UnitPlan unit, PollPlan plan, IModbusMaster master, ReadingMetrics metrics, TimeProvider time, Func<double> random, ILogger<GroupReader> logger)
    {
        (_unit, _master, _time, _random) = (unit, master, time, random);
        _knowledge = new ReadKnowledge(unit, plan, metrics, time, random, logger);
        _run = new PollRun(plan, _knowledge, time);
    }

    /// <summary>How many requests a poll takes now.</summary>
    public int RequestCount => _knowledge.RequestCount;

    /// <summary>What the device taught about its addresses. Safe from any thread.</summary>
    public LearnedState Learned => _knowledge.State;

    /// <summary>All points of a poll that is left out, for a reason of a few words.</summary>
    public ImmutableArray<Point> LeaveOut(string reason) => _run.LeftOut(reason);

    /// <summary>Reads all points of the group.</summary>
    /// <param name="stop">Ends the waiting for the first request; once anything was read the poll is brought to its end.</param>
    /// <exception cref="OperationCanceledException">Stopped before anything was read.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<PollResult> ReadAsync(CancellationToken stop)
    {
        _run.Begin();
        int workers = Math.Max(1, Math.Min(_master.Depth, _run.OpenCount));
        while (_buffers.Count < workers)
        {
            _buffers.Add(new byte[MbapHeader.MaxPduLength]);
        }

        await (workers == 1 ? WorkAsync(_buffers[0], stop) : WorkTogetherAsync(workers, stop));
        if (!_run.HasBegun)
        {
            stop.ThrowIfCancellationRequested();
        }

        return _run.Finish();
    }

    private async ValueTask WorkTogetherAsync(int workers, CancellationToken stop)
    {
        var work = new Task[workers];
        for (int i = 0; i < workers; i++)
        {
            work[i] = WorkAsync(_buffers[i], stop).AsTask();
        }

        await Task.WhenAll(work);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask WorkAsync(byte[] data, CancellationToken stop)
    {
        while (TryTake(out OpenRead open, ref stop))
        {
            try
            {
                ReadOutcome outcome = await AskAsync(open.Read.Request, data, stop);
                lock (_lock)
                {
                    _run.Settle(open, outcome, data);
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                if (!TryPutBack(open))
                {
                    return;
                }
            }
        }
    }

    // What was read must not be thrown away, so nothing stops a poll that has read something.
    private bool TryTake(out OpenRead open, ref CancellationToken stop)
    {
        lock (_lock)
        {
            stop = _run.HasBegun ? CancellationToken.None : stop;
            return _run.TryTake(out open);
        }
    }

    // Whether the poll goes on after all: another request was answered while this one waited.
    private bool TryPutBack(OpenRead open)
    {
        lock (_lock)
        {
            _run.PutBack(open);
            return _run.HasBegun;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadOutcome> AskAsync(ReadRequest request, byte[] data, CancellationToken cancellationToken)
    {
        ReadOutcome outcome = await _master.ReadAsync(_unit.UnitId, request, data, cancellationToken);
        if (outcome is ReadOutcome.Refused { Code.MeansBusy: true })
        {
            await Task.Delay(BusyPause * _random(), _time, CancellationToken.None);
            outcome = await _master.ReadAsync(_unit.UnitId, request, data, CancellationToken.None);
        }

        return outcome;
    }
}
