using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Sallyport.IotHub.Session;
using Sallyport.IotHub.Wire;
using Sallyport.Telemetry;

namespace Sallyport.IotHub.Inputs;

/// <summary>The input line: messages are handled one after the other in the order of arrival, and acknowledged in that order.</summary>
/// <remarks>A handler that fails is called again with the same message, and nothing behind it is acknowledged: edgeHub ignores a PUBACK out
/// of order, and then all that follow. When the connection is gone the message is left; the broker delivers it again on the next.</remarks>
internal sealed partial class InputServer(
    ClientIdentity identity, TimeSpan deadline, HubConnectionMetrics metrics, TimeProvider time, ILogger<InputServer> logger)
{
    // edgeHub has one message in flight to a module and IoT Hub at most 50 to a device. More is not one of them.
    private const int Capacity = 256;

    private const int MaxShownName = 64;

    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(8);

    private readonly Dictionary<string, Func<InputMessage, CancellationToken, Task>> _handlers = new(StringComparer.Ordinal);
    private readonly Channel<InputDelivery> _line =
        Channel.CreateBounded<InputDelivery>(new BoundedChannelOptions(Capacity) { SingleReader = true });

    /// <summary>Handles messages from the cloud; null when nobody does.</summary>
    public Func<HubMessage, CancellationToken, Task>? CloudHandler { get; set; }

    /// <summary>Whether there is anything to subscribe to.</summary>
    public bool HasHandlers => _handlers.Count > 0;

    /// <summary>Adds the handler of an input.</summary>
    /// <exception cref="ArgumentException">It has one.</exception>
    public void Add(string input, Func<InputMessage, CancellationToken, Task> handler) => _handlers.Add(input, handler);

    /// <summary>Queues a message for its handler.</summary>
    public void OnMessage(IBrokerSession session, IncomingPublish publish) =>
        Enqueue(new InputDelivery(session, publish, HandlerOf(publish)));

    /// <summary>Queues the acknowledgement of something that was handled elsewhere.</summary>
    public void OnHandled(IBrokerSession session, IncomingPublish publish) => Enqueue(new InputDelivery(session, publish, Call: null));

    /// <summary>Handles messages until we stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            await foreach (InputDelivery delivery in _line.Reader.ReadAllAsync(stop))
            {
                await HandleAsync(delivery, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // What is left was not acknowledged, so it comes again.
        }
    }

    private void Enqueue(InputDelivery delivery)
    {
        if (!_line.Writer.TryWrite(delivery) && !delivery.Session.Closed.IsCancellationRequested)
        {
            LogFlooded(Capacity);
            delivery.Session.Abort(CloseReason.Protocol);
        }
    }

    private Func<CancellationToken, Task>? HandlerOf(IncomingPublish publish)
    {
        if (InputTopic.TryParse(identity, publish.Topic, out string input, out string bag)
            && _handlers.TryGetValue(input, out Func<InputMessage, CancellationToken, Task>? onInput))
        {
            ReceivedMessage received = ReceivedMessage.Of(bag, publish.Payload);
            return token => onInput(new InputMessage(input, received.SenderModule, received.Message), token);
        }

        if (CloudHandler is { } onCloudMessage && CloudMessageTopic.TryParse(identity, publish.Topic, out bag))
        {
            ReceivedMessage received = ReceivedMessage.Of(bag, publish.Payload);
            return token => onCloudMessage(received.Message, token);
        }

        // Not left unacknowledged: nobody will ever handle it, and it would block the line for good.
        metrics.InputFailed();
        LogUnhandled(input.Length is > 0 and <= MaxShownName ? input : "(not an input name)");
        return null;
    }

    private async Task HandleAsync(InputDelivery delivery, CancellationToken stop)
    {
        TimeSpan retry = FirstRetry;
        while (!delivery.Session.Closed.IsCancellationRequested)
        {
            if (delivery.Call is null || await TryCallAsync(delivery.Call, stop))
            {
                await delivery.Publish.Acknowledge();
                return;
            }

            using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, delivery.Session.Closed);
            await Task.Delay(retry, time, either.Token).ContinueWith(
                static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            stop.ThrowIfCancellationRequested();
            retry = retry * 2 < LongestRetry ? retry * 2 : LongestRetry;
        }
    }

    private async Task<bool> TryCallAsync(Func<CancellationToken, Task> call, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        await using CancellationTokenRegistration overdue = limit.Token.Register(() => LogTooSlow(deadline.TotalSeconds));
        try
        {
            await call(either.Token);
            metrics.InputHandled();
            return true;
        }
#pragma warning disable CA1031 // The outermost frame of foreign code: whatever a handler throws means that its message is not handled.
        catch (Exception e)
#pragma warning restore CA1031
        {
            stop.ThrowIfCancellationRequested();
            metrics.InputFailed();
            if (!limit.IsCancellationRequested)
            {
                LogFailed(e);
            }

            return false;
        }
    }

    [LoggerMessage(3100, LogLevel.Error, "An input handler failed; the message stays unacknowledged and is handled again.")]
    private partial void LogFailed(Exception exception);

    [LoggerMessage(3101, LogLevel.Error, "An input handler takes longer than {Seconds} s and is cancelled; its message stays unacknowledged unless it finishes.")]
    private partial void LogTooSlow(double seconds);

    [LoggerMessage(3102, LogLevel.Warning, "A message came for input {Input}, which has no handler. It is acknowledged and lost; check the routes.")]
    private partial void LogUnhandled(string input);

    [LoggerMessage(3103, LogLevel.Warning, "The broker sent more than {Capacity} messages without waiting for acknowledgements; the connection is dropped.")]
    private partial void LogFlooded(int capacity);
}
