using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Sallyport.IotHub;
using Sallyport.Telemetry;

namespace Sallyport.Hosting.Events;

/// <summary>Sends a module's own events to one of its outputs, in order, each until it is acknowledged.</summary>
/// <remarks>Keeps <see cref="Capacity"/> events while there is no connection. Full = drop the oldest, counted as <c>queue-full</c>.</remarks>
internal sealed partial class OutputEventSink : IEventSink
{
    public const int Capacity = 256;

    private static readonly TimeSpan PauseBeforeResend = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(5);

    private readonly IHubConnection _hub;
    private readonly string _output;
    private readonly EventMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<OutputEventSink> _logger;
    private readonly Channel<SecurityEvent> _waiting;

    public OutputEventSink(
        IHubConnection hub, string output, EventMetrics metrics, TimeProvider time, ILogger<OutputEventSink> logger)
    {
        _hub = hub;
        _output = output;
        _metrics = metrics;
        _time = time;
        _logger = logger;
        _waiting = Channel.CreateBounded<SecurityEvent>(
            new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            itemDropped: lost => Drop(lost, EventLoss.QueueFull));
    }

    /// <inheritdoc/>
    public void Raise(SecurityEvent raised)
    {
        _metrics.Raised();
        if (!_waiting.Writer.TryWrite(raised))
        {
            Drop(raised, EventLoss.Stopped);
        }
    }

    /// <summary>Sends until <paramref name="stop"/>, then what is left for at most five seconds more.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var limit = new CancellationTokenSource();
        await using ITimer timer = _time.CreateTimer(
            _ => limit.Cancel(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await using CancellationTokenRegistration registration = stop.Register(() =>
        {
            _waiting.Writer.TryComplete();
            timer.Change(DrainLimit, Timeout.InfiniteTimeSpan);
        });
        await SendAllAsync(limit.Token);
    }

    private async Task SendAllAsync(CancellationToken limit)
    {
        await foreach (SecurityEvent next in _waiting.Reader.ReadAllAsync(CancellationToken.None))
        {
            try
            {
                await SendAsync(next, limit);
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested)
            {
                Drop(next, EventLoss.Stopped);
            }
        }
    }

    private async Task SendAsync(SecurityEvent next, CancellationToken cancellationToken)
    {
        HubMessage message = TelemetryMessage.Of(next);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            switch (await _hub.SendAsync(_output, message, cancellationToken))
            {
                case SendOutcome.Acknowledged:
                    _metrics.Sent();
                    return;
                case SendOutcome.TooLarge:
                    Drop(next, EventLoss.TooLarge);
                    return;
                default:
                    await Task.Delay(PauseBeforeResend, _time, cancellationToken);
                    break;
            }
        }
    }

    private void Drop(SecurityEvent lost, EventLoss loss)
    {
        _metrics.Dropped(loss);
        Dropped(lost.EventType, loss);
    }

    [LoggerMessage(4200, LogLevel.Warning, "An event of type {EventType} was lost: {Loss}.")]
    private partial void Dropped(string eventType, EventLoss loss);
}
