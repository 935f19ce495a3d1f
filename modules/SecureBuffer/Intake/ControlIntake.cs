using Microsoft.Extensions.Logging;
using Sallyport.IotHub;
using Sallyport.SecureBuffer.Delivery;
using Sallyport.Telemetry;

namespace Sallyport.SecureBuffer.Intake;

/// <summary>Does what the watchdog asks for. Whatever comes is acknowledged: asking again is the sender's business.</summary>
internal sealed partial class ControlIntake(Uplinks uplinks, ControlMetrics metrics, TimeProvider time, ILogger<ControlIntake> logger)
{
    /// <summary>The only module that is heard; edgeHub stamps who sent a message, and nobody can forge it.</summary>
    public const string Sender = "Watchdog";

    /// <summary>A connection gets at least so long to prove itself.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(60);

    private long? _last;

    /// <summary>Handles one message; the connection calls it with one at a time.</summary>
    public Task HandleAsync(InputMessage input, CancellationToken cancellationToken)
    {
        if (!string.Equals(input.SenderModule, Sender, StringComparison.Ordinal))
        {
            Refuse(input, ControlRefusal.Sender);
        }
        else if (!ControlMessageJson.TryRead(input.Message.Body.Span, out ControlMessage? message))
        {
            Refuse(input, ControlRefusal.Unreadable);
        }
        else if (message.Action is not ControlMessage.Reconnect)
        {
            Refuse(input, ControlRefusal.Action);
        }
        else if (_last is { } last && time.GetElapsedTime(last) < Pause)
        {
            Refuse(input, ControlRefusal.TooSoon);
        }
        else if (!uplinks.Reconnect())
        {
            Refuse(input, ControlRefusal.NotConnected);
        }
        else
        {
            _last = time.GetTimestamp();
            metrics.Reconnected();
            LogReconnect(message.Reason);
        }

        return Task.CompletedTask;
    }

    private void Refuse(InputMessage input, ControlRefusal refusal)
    {
        metrics.Refused(refusal);
        LogRefused(input.SenderModule, refusal);
    }

    [LoggerMessage(2500, LogLevel.Warning, "The watchdog wants another connection: {Reason}")]
    private partial void LogReconnect(string reason);

    [LoggerMessage(2501, LogLevel.Warning, "A control message of {Sender} is refused: {Refusal}.")]
    private partial void LogRefused(string sender, ControlRefusal refusal);
}
