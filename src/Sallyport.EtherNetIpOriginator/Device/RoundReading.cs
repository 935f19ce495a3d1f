using System.Runtime.CompilerServices;
using Sallyport.EtherNetIp.Planning;
using Sallyport.EtherNetIp.Replies;
using Sallyport.Telemetry;

namespace Sallyport.EtherNetIpOriginator.Device;

/// <summary>Sends the frames of a round, one after the other on each lane, and finishes what comes in parts.</summary>
internal sealed class RoundReading(Controller controller, TagState[] states, EtherNetIpMetrics metrics, TimeProvider time)
{
    // Even a part of one byte goes on, but nobody needs as many replies for one tag.
    private const int MaxParts = 8192;

    private readonly ReplyTaking _taking = new(controller, states, time);
    private int _next;
    private int _isAnswered;
    private bool _hasBegun;

    /// <summary>Why the session ended; null if it did not.</summary>
    public string? Failure { get; private set; }

    /// <summary>Whether it ended before anything was answered.</summary>
    public bool IsSwallowed { get; private set; }

    /// <summary>When the first reply came.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>Whether another plan would bring values that this one did not.</summary>
    public bool WantsAnotherPass => _taking.WantsAnotherPass;

    /// <summary>Whether the next round needs another plan.</summary>
    public bool HasChanged
    {
        get => _taking.HasChanged;
        set => _taking.HasChanged = value;
    }

    /// <summary>A round begins.</summary>
    public void Begin() => (Failure, IsSwallowed, _isAnswered, _hasBegun) = (null, false, 0, false);

    /// <summary>Sends all frames of a plan.</summary>
    /// <exception cref="OperationCanceledException">Stopped before the first frame of the round. What was read must not be thrown away, so nothing stops it later.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask ReadAsync(OpenController open, GroupPlan plan, Memory<ValueOutcome> values, CancellationToken stop)
    {
        _next = 0;
        _taking.WantsAnotherPass = false;
        int workers = Math.Min(open.Lanes.Count, plan.Frames.Frames.Length);
        if (workers == 0)
        {
            return;
        }

        if (!_hasBegun)
        {
            stop.ThrowIfCancellationRequested();
        }

        Lane first = await open.Lanes.TakeAsync(_hasBegun ? CancellationToken.None : stop);
        _hasBegun = true;
        if (workers == 1)
        {
            await WorkAsync(open, first, plan, values);
            return;
        }

        var working = new Task[workers];
        for (int i = 0; i < workers; i++)
        {
            working[i] = WorkAsync(open, i == 0 ? first : null, plan, values).AsTask();
        }

        await Task.WhenAll(working);
    }

    // A lane is given back after each frame: other groups wait for one frame and not for a round.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask WorkAsync(OpenController open, Lane? lane, GroupPlan plan, Memory<ValueOutcome> values)
    {
        int at;
        while (Failure is null && (at = Interlocked.Increment(ref _next) - 1) < plan.Frames.Frames.Length)
        {
            lane ??= await open.Lanes.TakeAsync(CancellationToken.None);
            try
            {
                await FrameAsync(open, lane, plan, plan.Frames.Frames[at], values);
            }
            finally
            {
                open.Lanes.Return(lane);
            }

            lane = null;
        }

        if (lane is not null)
        {
            open.Lanes.Return(lane);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask FrameAsync(OpenController open, Lane lane, GroupPlan plan, PlannedFrame frame, Memory<ValueOutcome> values)
    {
        if (frame.Kind is PlannedFrameKind.Fragment)
        {
            await PartsAsync(open, lane, plan, frame, values);
            return;
        }

        LaneReply reply = await AskAsync(open, lane, frame);
        if (reply.Failure is not null)
        {
            return;
        }

        Check(open, _taking.Take(plan, frame, reply.Message.Span, values.Span));
        for (int i = 0; i < frame.Tags.Length && Failure is null; i++)
        {
            ReadItem item = plan.Items[frame.Tags[i]];
            if (item.IsPartial)
            {
                item.IsPartial = false;
                await PartsAsync(open, lane, plan, plan.Frames.FragmentOf(frame.Tags[i]), values);
                _taking.MakeLarge(item);
            }
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask PartsAsync(OpenController open, Lane lane, GroupPlan plan, PlannedFrame frame, Memory<ValueOutcome> values)
    {
        ReadItem item = plan.Items[frame.Tags[0]];
        FragmentAssembly assembly = item.Assembly;
        assembly.Clear();
        for (int part = 0; part < MaxParts; part++)
        {
            frame.StampOffset(assembly.NextOffset);
            LaneReply reply = await AskAsync(open, lane, frame);
            if (reply.Failure is not null)
            {
                return;
            }

            (AssemblyProgress progress, string? fault) = _taking.Add(item, frame, reply.Message.Span, values.Span);
            Check(open, fault);
            if (fault is not null || progress is not AssemblyProgress.Incomplete)
            {
                return;
            }
        }

        ReplyTaking.Bad(item, StatusCode.BadCommunicationError, "the value comes in more parts than any value has", values.Span);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<LaneReply> AskAsync(OpenController open, Lane lane, PlannedFrame frame)
    {
        await open.Session.PauseAsync(lane);
        long started = time.GetTimestamp();
        LaneReply reply = await open.Session.AskAsync(lane, frame);
        if (reply.Failure is not null)
        {
            // Another worker may have been told first why the session ended.
            if (Failure is null)
            {
                (Failure, IsSwallowed) = (reply.Failure, reply.IsSwallowed && _isAnswered == 0);
            }

            return reply;
        }

        metrics.Answered(time.GetElapsedTime(started));
        if (Interlocked.Exchange(ref _isAnswered, 1) == 0)
        {
            At = time.GetUtcNow();
        }

        return reply;
    }

    private void Check(OpenController open, string? fault)
    {
        if (fault is not null)
        {
            if (ReferenceEquals(fault, ReplyTaking.NotTheAnswer))
            {
                metrics.ProtocolError();
            }

            Failure ??= fault;
            open.Session.Close(fault);
        }
    }
}
