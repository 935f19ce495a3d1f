using System.Threading.Channels;
using Sallyport.IotHub.Lifecycle;
using Sallyport.IotHub.Session;

namespace Sallyport.IotHub.Sending;

/// <summary>The messages of one connection: they leave in the order of the calls, and a bounded number waits for its acknowledgement.</summary>
/// <remarks>When the connection closes, what was not yet sent ends as <see cref="SendOutcome.NotConnected"/> and what was sent as
/// <see cref="SendOutcome.Unacknowledged"/>. The queue itself has no bound: each entry is a caller who waits.</remarks>
internal sealed class PublishLine(
    IBrokerSession session,
    HubConnectionOptions options,
    DeliveryWatchdog watchdog,
    MonotonicClock clock,
    HubConnectionMetrics metrics,
    TimeProvider time)
{
    private readonly Channel<PendingSend> _queue = Channel.CreateUnbounded<PendingSend>(new UnboundedChannelOptions { SingleReader = true });

    // One item for each message in flight; full means wait.
    private readonly Channel<byte> _slots = Channel.CreateBounded<byte>(options.MaxInFlight);

    /// <summary>Queues a message; false when the line is closed.</summary>
    public bool TryEnqueue(PendingSend send) => _queue.Writer.TryWrite(send);

    /// <summary>Sends until the connection closes.</summary>
    public async Task RunAsync()
    {
        try
        {
            // The place first, then the message: a message that is taken out of the queue is always sent or answered.
            while (await _queue.Reader.WaitToReadAsync(session.Closed))
            {
                await _slots.Writer.WriteAsync(0, session.Closed);

                // The place may be one that became free because the connection closed.
                session.Closed.ThrowIfCancellationRequested();
                if (_queue.Reader.TryRead(out PendingSend? send) && !send.IsAbandoned)
                {
                    // Not awaited: its first steps, up to the place in MQTTnet's own line, happen before it returns.
                    _ = DeliverAsync(send);
                }
                else
                {
                    _slots.Reader.TryRead(out _);
                }
            }
        }
        catch (OperationCanceledException) when (session.Closed.IsCancellationRequested)
        {
            // The usual end.
        }
        finally
        {
            _queue.Writer.TryComplete();
            while (_queue.Reader.TryRead(out PendingSend? send))
            {
                send.Complete(SendOutcome.NotConnected.Instance);
            }
        }
    }

    /// <summary>Takes no more messages; returns when all are acknowledged or the time is over.</summary>
    public async Task DrainAsync(TimeSpan limit)
    {
        _queue.Writer.TryComplete();
        using var deadline = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, session.Closed);
        try
        {
            await _queue.Reader.Completion.WaitAsync(either.Token);
            for (int slot = 0; slot < options.MaxInFlight; slot++)
            {
                await _slots.Writer.WriteAsync(0, either.Token);
            }
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // What is left ends as unacknowledged when the connection closes.
        }
    }

    private async Task DeliverAsync(PendingSend send)
    {
        long number = watchdog.Sent(clock.Now);
        metrics.Sent();
        SendOutcome outcome = await OutcomeAsync(send);
        if (outcome is SendOutcome.Acknowledged)
        {
            watchdog.Acknowledged(number, clock.Now);
            metrics.Acknowledged();
        }
        else
        {
            watchdog.TimedOut(number);
            metrics.Unacknowledged();
        }

        _slots.Reader.TryRead(out _);
        send.Complete(outcome);
    }

    private async Task<SendOutcome> OutcomeAsync(PendingSend send)
    {
        using var deadline = new CancellationTokenSource(options.PublishTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, session.Closed);
        try
        {
            // The second wait ends also when the write itself hangs; MQTTnet has no time limit of its own.
            await session.DeliverAsync(send.Topic, send.Body, either.Token).WaitAsync(either.Token);
            return SendOutcome.Acknowledged.Instance;
        }
        catch (OperationCanceledException)
        {
            return new SendOutcome.Unacknowledged(session.Closed.IsCancellationRequested
                ? "the connection closed first"
                : $"no acknowledgement within {options.PublishTimeout.TotalSeconds:0} s");
        }
        catch (BrokerException e)
        {
            return new SendOutcome.Unacknowledged(e.Message);
        }
    }
}
