using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Sallyport.Hosting.Tracing;

namespace Sallyport.Acquisition;

/// <summary>Sends what is in an outbox, in order, each message again and again until it is acknowledged. A few may wait for their acknowledgement at once.</summary>
/// <remarks>When one fails, it and everything that was sent after it is sent again, in order and with the same ids, whatever became of the later ones: the last copy of each
/// message comes after the last copy of the one before. Until the first of them is acknowledged nothing else is sent.</remarks>
public sealed partial class OutboxPublisher(
    Outbox outbox, IMessageSender sender, BackOff backOff, AcquisitionMetrics metrics, TimeProvider time, ILogger<OutboxPublisher> logger)
{
    /// <summary>How many messages may wait for their acknowledgement.</summary>
    public const int Window = 8;

    /// <summary>How long an ordered stop waits for what is left.</summary>
    public static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(10);

    private readonly Queue<Sending> _inFlight = new();
    private Queue<OutboxEntry> _again = new();
    private Task<bool>? _more;
    private int _failures;

    /// <summary>Publishes until told to stop, and then until the outbox is empty or <see cref="DrainLimit"/> has passed.</summary>
    /// <param name="stop">Cancelled when nobody adds to the outbox any more.</param>
    public async Task RunAsync(CancellationToken stop)
    {
        using var limit = new CancellationTokenSource();
        using ITimer patience = time.CreateTimer(
            static state => ((CancellationTokenSource)state!).Cancel(), limit, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        using CancellationTokenRegistration stopping = stop.UnsafeRegister(
            _ =>
            {
                outbox.Complete();
                patience.Change(DrainLimit, Timeout.InfiniteTimeSpan);
            },
            state: null);
        try
        {
            while (await WaitAsync(limit.Token))
            {
                await SettleAsync(limit.Token);
                Fill(limit.Token);
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            foreach (OutboxEntry entry in _inFlight.Select(sending => sending.Entry).Concat(_again))
            {
                entry.Span.End(AcquisitionTraces.Abandoned, isError: true);
            }

            LogAbandoned(outbox.Output, outbox.Abandon(_inFlight.Count + _again.Count));
        }
    }

    // True when there is something to do: an outcome, a message to send or both.
    private async ValueTask<bool> WaitAsync(CancellationToken cancellationToken)
    {
        if (_inFlight.Count == 0)
        {
            return _again.Count > 0 || await MoreAsync(cancellationToken);
        }

        Task<Delivery> first = _inFlight.Peek().Outcome;
        bool isFull = _failures > 0 || _again.Count > 0 || _inFlight.Count == Window;
        if (!first.IsCompleted && !isFull && await Task.WhenAny(first, MoreAsync(cancellationToken)) == _more && !await _more)
        {
            // Nothing more will come: what is left are the outcomes.
            await first;
        }
        else if (isFull)
        {
            await first;
        }

        return true;
    }

    // The outbox allows one waiter, who may have to wait through many outcomes.
    private Task<bool> MoreAsync(CancellationToken cancellationToken) =>
        _more = _more is { IsCompleted: false } ? _more : outbox.WaitAsync(cancellationToken).AsTask();

    private async ValueTask SettleAsync(CancellationToken cancellationToken)
    {
        while (_inFlight.TryPeek(out Sending first) && first.Outcome.IsCompleted)
        {
            switch (await first.Outcome)
            {
                case Delivery.Acknowledged:
                    metrics.Published(outbox.Output);
                    first.Entry.Span.End(AcquisitionTraces.Acknowledged);
                    break;
                case Delivery.TooLarge:
                    LogTooLarge(first.Entry.Message.MessageId, first.Entry.Message.Body.Length);
                    outbox.GiveUp(first.Entry);
                    break;
                default:
                    await TakeBackAsync(cancellationToken);
                    return;
            }

            _failures = 0;
            _inFlight.Dequeue();
        }
    }

    private async ValueTask TakeBackAsync(CancellationToken cancellationToken)
    {
        foreach (Sending sending in _inFlight)
        {
            if (await sending.Outcome is Delivery.TryAgain)
            {
                metrics.Retried(outbox.Output);
            }
        }

        await Task.Delay(backOff.Next(++_failures), time, cancellationToken);
        _again = new Queue<OutboxEntry>([.. _inFlight.Select(sending => sending.Entry), .. _again]);
        _inFlight.Clear();
    }

    private void Fill(CancellationToken cancellationToken)
    {
        int window = _failures > 0 ? 1 : Window;
        while (_inFlight.Count < window && (_again.TryDequeue(out OutboxEntry? entry) || outbox.TryTake(out entry)))
        {
            Task<Delivery> outcome = sender.SendAsync(entry.Message, cancellationToken);
            _inFlight.Enqueue(new Sending(entry, outcome));
            if (outcome.IsCompleted)
            {
                // It is looked at before the next one is sent: a gap record, if it makes one, goes first.
                return;
            }
        }
    }

    [LoggerMessage(1000, LogLevel.Warning, "Stopped with {Count} messages for output {Output} not sent")]
    private partial void LogAbandoned(string output, int count);

    [LoggerMessage(1001, LogLevel.Error, "Message {MessageId} of {SizeInBytes} bytes is too large and was dropped")]
    private partial void LogTooLarge(string messageId, int sizeInBytes);

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Sending(OutboxEntry Entry, Task<Delivery> Outcome);
}
