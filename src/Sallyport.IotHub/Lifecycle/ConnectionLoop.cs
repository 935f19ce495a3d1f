using System.Threading.Channels;
using Sallyport.IotHub.Session;

namespace Sallyport.IotHub.Lifecycle;

/// <summary>Drives the connection through <see cref="ConnectionTable"/>: one event after the other, one piece of work in the background at a time.</summary>
internal sealed class ConnectionLoop(
    Func<CancellationToken, Task<OpenOutcome>> open,
    SessionServer server,
    ConnectionJournal journal,
    DeliveryWatchdog watchdog,
    TokenWatch? tokens,
    ReconnectDelay delay,
    MonotonicClock clock,
    TimeProvider time)
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(2);

    private readonly Channel<ConnectionNotice> _notices = Channel.CreateUnbounded<ConnectionNotice>(new UnboundedChannelOptions { SingleReader = true });
    private ConnectionStage? _stage;
    private BrokerSession? _session;
    private Task _serving = Task.CompletedTask;
    private int _state = (int)HubConnectionState.Closed;

    /// <summary>Where the connection stands.</summary>
    public HubConnectionState State => (HubConnectionState)Volatile.Read(ref _state);

    /// <summary>Drops an open connection and opens another.</summary>
    /// <returns>False if there is none.</returns>
    public bool Reconnect()
    {
        bool isOpen = State == HubConnectionState.Connected;
        if (isOpen)
        {
            Post(ConnectionEvent.Asked);
        }

        return isOpen;
    }

    /// <summary>Runs until <paramref name="stop"/> is cancelled; then disconnects in good order.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        Post(ConnectionEvent.Started);
        await using CancellationTokenRegistration registration = stop.Register(() => Post(ConnectionEvent.Stopped));
        try
        {
            while (await StepAsync())
            {
                // One event after the other.
            }
        }
        finally
        {
            await EndStageAsync();
            _session?.Dispose();
            while (_notices.Reader.TryRead(out ConnectionNotice? late))
            {
                (late.Outcome as OpenOutcome.Opened)?.Session.Dispose();
            }
        }
    }

    private static ConnectionEvent EventOf(OpenOutcome outcome) => outcome switch
    {
        OpenOutcome.Opened => ConnectionEvent.Opened,
        OpenOutcome.Unauthorized => ConnectionEvent.Unauthorized,
        OpenOutcome.Untrusted => ConnectionEvent.Untrusted,
        _ => ConnectionEvent.OpenFailed,
    };

    // False when the connection is closed for good.
    private async Task<bool> StepAsync()
    {
        ConnectionNotice notice = await _notices.Reader.ReadAsync(CancellationToken.None);
        if (notice.Stage is not null && notice.Stage != _stage?.Number)
        {
            return true;
        }

        ConnectionStep step = ConnectionTable.Next(State, notice.Event);
        journal.Happened(notice);
        await ActAsync(step.Action, notice);
        Volatile.Write(ref _state, (int)step.State);
        return step.Action != ConnectionAction.Close;
    }

    private async Task ActAsync(ConnectionAction action, ConnectionNotice notice)
    {
        switch (action)
        {
            case ConnectionAction.Open:
                await BeginAsync(AttemptAsync);
                break;
            case ConnectionAction.Serve when notice.Outcome is OpenOutcome.Opened opened:
                await ServeAsync(opened);
                break;
            case ConnectionAction.Wait:
                await LeaveAsync(orderly: null);
                await WaitAsync();
                break;
            case ConnectionAction.DropAndWait:
                _session?.Abort(CloseReason.Watchdog);
                await LeaveAsync(orderly: null);
                await WaitAsync();
                break;
            case ConnectionAction.Renew:
                await LeaveAsync(notice.Event == ConnectionEvent.Asked ? CloseReason.Asked : CloseReason.Token);
                await BeginAsync(AttemptAsync);
                break;
            case ConnectionAction.Close:
                await EndStageAsync();
                await LeaveAsync(CloseReason.Stop);
                break;
            default:
                break;
        }
    }

    private async Task ServeAsync(OpenOutcome.Opened opened)
    {
        _session = opened.Session;
        watchdog.Opened(clock.Now);
        _serving = server.ServeAsync(opened.Session);
        await BeginAsync((stage, stop) => WatchAsync(opened, stage, stop));
    }

    private async Task WaitAsync()
    {
        TimeSpan wait = delay.Next();
        journal.Waiting(wait);
        await BeginAsync(async (stage, stop) =>
        {
            await Task.Delay(wait, time, stop);
            Post(ConnectionEvent.DelayElapsed, stage);
        });
    }

    private async Task LeaveAsync(CloseReason? orderly)
    {
        if (_session is not { } session)
        {
            return;
        }

        if (orderly is { } reason)
        {
            await server.DrainAsync();
            await session.CloseAsync(reason, CloseLimit, time);
        }

        journal.Ended(session.Reason ?? CloseReason.Lost);
        session.Dispose();
        _session = null;
        await _serving;
    }

    private async Task AttemptAsync(long stage, CancellationToken stop)
    {
        tokens?.Check();
        OpenOutcome outcome = await open(stop);
        if (stop.IsCancellationRequested)
        {
            (outcome as OpenOutcome.Opened)?.Session.Dispose();
            return;
        }

        Post(EventOf(outcome), stage, outcome);
    }

    private async Task WatchAsync(OpenOutcome.Opened opened, long stage, CancellationToken stop)
    {
        CancellationToken closed = opened.Session.Closed;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(closed, stop);
        using var timer = new PeriodicTimer(Heartbeat, time);
        TimeSpan openedAt = clock.Now;
        try
        {
            while (await timer.WaitForNextTickAsync(either.Token))
            {
                tokens?.Check();
                TimeSpan now = clock.Now;
                if (watchdog.IsStalled(now))
                {
                    Post(ConnectionEvent.Stalled, stage);
                    return;
                }

                if (now - openedAt >= opened.RenewAfter)
                {
                    Post(ConnectionEvent.TokenDue, stage);
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (closed.IsCancellationRequested)
        {
            Post(ConnectionEvent.Lost, stage);
        }
    }

    private async Task BeginAsync(Func<long, CancellationToken, Task> work)
    {
        long number = (_stage?.Number ?? 0) + 1;
        await EndStageAsync();
        _stage = ConnectionStage.Begin(number, work, bug => _notices.Writer.TryComplete(bug));
    }

    private async Task EndStageAsync()
    {
        if (_stage is { } stage)
        {
            await stage.DisposeAsync();
        }
    }

    private void Post(ConnectionEvent happened, long? stage = null, OpenOutcome? outcome = null) =>
        _notices.Writer.TryWrite(new ConnectionNotice(happened, stage, outcome));
}
