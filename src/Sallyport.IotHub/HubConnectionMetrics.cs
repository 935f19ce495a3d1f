using System.Diagnostics.Metrics;
using Sallyport.IotHub.Session;

namespace Sallyport.IotHub;

/// <summary>What a connection counts.</summary>
internal sealed class HubConnectionMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Sallyport.IotHub";

    private readonly string _credential;
    private readonly TimeProvider _time;
    private readonly Counter<long> _connects;
    private readonly Counter<long> _disconnects;
    private readonly Counter<long> _authenticationFailures;
    private readonly Counter<long> _sent;
    private readonly Counter<long> _acknowledged;
    private readonly Counter<long> _unacknowledged;
    private readonly Counter<long> _tooLarge;
    private readonly Counter<long> _watchdogRestarts;
    private readonly Counter<long> _inputsHandled;
    private readonly Counter<long> _inputsFailed;
    private readonly Counter<long> _takeovers;
    private volatile ConnectionToken? _token;
    private volatile bool _isConnected;

    /// <summary>Creates the instruments; counters start at 0.</summary>
    /// <param name="meters">Owns the meter.</param>
    /// <param name="credential">Whose token it is: device, or device/module.</param>
    /// <param name="time">Says how long the token still lives.</param>
    public HubConnectionMetrics(IMeterFactory meters, string credential, TimeProvider time)
    {
        (_credential, _time) = (credential, time);
        Meter meter = meters.Create(MeterName);
        _connects = meter.CreateCounter<long>(
            "sallyport.hub.connects", unit: "{connection}", description: "Connections that were opened and subscribed.");
        _disconnects = meter.CreateCounter<long>(
            "sallyport.hub.disconnects", unit: "{connection}", description: "Connections that ended, by reason.");
        _authenticationFailures = meter.CreateCounter<long>(
            "sallyport.hub.authentication_failures", unit: "{attempt}", description: "Attempts refused with CONNACK 4 or 5.");
        _sent = meter.CreateCounter<long>(
            "sallyport.hub.sent", unit: "{message}", description: "Messages handed to the socket; a message sent again counts again.");
        _acknowledged = meter.CreateCounter<long>(
            "sallyport.hub.acknowledged", unit: "{message}", description: "Messages that the broker acknowledged in time.");
        _unacknowledged = meter.CreateCounter<long>(
            "sallyport.hub.unacknowledged", unit: "{message}", description: "Messages sent without an acknowledgement in time. Their senders were told.");
        _tooLarge = meter.CreateCounter<long>(
            "sallyport.hub.too_large", unit: "{message}", description: "Messages refused before sending because of their size.");
        _watchdogRestarts = meter.CreateCounter<long>(
            "sallyport.hub.watchdog_restarts", unit: "{connection}", description: "Connections restarted because nothing was acknowledged.");
        _inputsHandled = meter.CreateCounter<long>(
            "sallyport.hub.inputs_handled", unit: "{message}", description: "Messages of inputs and from the cloud that were handled and acknowledged.");
        _inputsFailed = meter.CreateCounter<long>(
            "sallyport.hub.inputs_failed", unit: "{message}", description: "Calls of input handlers that failed or took too long, and messages that nobody handles.");
        _takeovers = meter.CreateCounter<long>(
            "sallyport.hub.takeovers", unit: "{connection}", description: "Connections closed by the broker in favour of another client with our identity, as far as can be told.");
        _ = meter.CreateObservableGauge(
            "sallyport.hub.connected", () => _isConnected ? 1 : 0, unit: "{connection}", description: "1 while connected and subscribed.");
        _ = meter.CreateObservableGauge(
            "sallyport.sas.remaining", Remaining, unit: "s", description: "Time until the token in use ends; 0 when it has ended.");
        foreach (Counter<long> counter in Unlabelled())
        {
            counter.Add(0);
        }

        foreach (CloseReason reason in Enum.GetValues<CloseReason>())
        {
            _disconnects.Add(0, Tag(reason));
        }
    }

    /// <summary>Connected and subscribed.</summary>
    public void Connected()
    {
        _isConnected = true;
        _connects.Add(1);
    }

    /// <summary>No longer connected.</summary>
    public void Disconnected(CloseReason reason)
    {
        _isConnected = false;
        _disconnects.Add(1, Tag(reason));
    }

    /// <summary>CONNACK 4 or 5.</summary>
    public void AuthenticationFailed() => _authenticationFailures.Add(1);

    /// <summary>A message is with the socket.</summary>
    public void Sent() => _sent.Add(1);

    /// <summary>PUBACK in time.</summary>
    public void Acknowledged() => _acknowledged.Add(1);

    /// <summary>No PUBACK in time.</summary>
    public void Unacknowledged() => _unacknowledged.Add(1);

    /// <summary>A message was refused before sending.</summary>
    public void TooLarge() => _tooLarge.Add(1);

    /// <summary>The watchdog dropped the connection.</summary>
    public void WatchdogRestarted() => _watchdogRestarts.Add(1);

    /// <summary>A handler finished and the message was acknowledged.</summary>
    public void InputHandled() => _inputsHandled.Add(1);

    /// <summary>A handler failed, or there is none.</summary>
    public void InputFailed() => _inputsFailed.Add(1);

    /// <summary>The broker closed us for somebody else.</summary>
    public void TakenOver() => _takeovers.Add(1);

    /// <summary>From now on this token is in use.</summary>
    public void TokenIssued(ConnectionToken token) => _token = token;

    private static KeyValuePair<string, object?> Tag(CloseReason reason) => new("reason", reason switch
    {
        CloseReason.Lost => "lost",
        CloseReason.Watchdog => "watchdog",
        CloseReason.Token => "token",
        CloseReason.Asked => "asked",
        CloseReason.Stop => "stop",
        CloseReason.Certificate => "certificate",
        _ => "protocol",
    });

    private Counter<long>[] Unlabelled() =>
    [
        _connects, _authenticationFailures, _sent, _acknowledged, _unacknowledged, _tooLarge, _watchdogRestarts,
        _inputsHandled, _inputsFailed, _takeovers,
    ];

    private IEnumerable<Measurement<double>> Remaining()
    {
        if (_token is { } token)
        {
            double seconds = Math.Max(0, (token.ExpiresAt - _time.GetUtcNow()).TotalSeconds);
            yield return new Measurement<double>(
                seconds,
                new KeyValuePair<string, object?>("kind", token.Life is null ? "configuration" : "runtime"),
                new KeyValuePair<string, object?>("credential", _credential));
        }
    }
}
