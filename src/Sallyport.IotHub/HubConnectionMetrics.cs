using System.Diagnostics.Metrics;
using Sallyport.IotHub.Session;

namespace Sallyport.IotHub;

/// <summary>What a connection counts.</summary>
internal sealed class HubConnectionMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Sallyport.IotHub";

    private readonly string _credential;
    private readonly KeyValuePair<string, object?>[] _link;
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
    /// <param name="link">Label of a second connection of the module; null for the one that every module has.</param>
    public HubConnectionMetrics(IMeterFactory meters, string credential, TimeProvider time, string? link = null)
    {
        (_credential, _time) = (credential, time);
        _link = link is null ? [] : [new("link", link)];
        Meter meter = meters.Create(MeterName);
        _connects = meter.CreateCounter<long>(
            "sallyport.hub.connects", unit: "{connection}", description: "Connections that were opened and subscribed.");
        _disconnects = meter.CreateCounter<long>(
            "sallyport.hub.disconnects", unit: "{connection}", description: "Connections that ended, by reason.");
        _authenticationFailures = meter.CreateCounter<long>(
            "sallyport.hub.authentication_failures", unit: "{attempt}", description: "Attempts refused with CONNACK 4 or 5, or closed while our own certificate is no good.");
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
            "sallyport.hub.connected", () => new Measurement<int>(_isConnected ? 1 : 0, _link), unit: "{connection}", description: "1 while connected and subscribed.");
        _ = meter.CreateObservableGauge(
            "sallyport.sas.remaining", Remaining, unit: "s", description: "Time until the token in use ends; 0 when it has ended.");
        foreach (Counter<long> counter in Unlabelled())
        {
            Count(counter, 0);
        }

        foreach (CloseReason reason in Enum.GetValues<CloseReason>())
        {
            _disconnects.Add(0, [.. _link, Tag(reason)]);
        }
    }

    /// <summary>Connected and subscribed.</summary>
    public void Connected()
    {
        _isConnected = true;
        Count(_connects);
    }

    /// <summary>No longer connected.</summary>
    public void Disconnected(CloseReason reason)
    {
        _isConnected = false;
        _disconnects.Add(1, [.. _link, Tag(reason)]);
    }

    /// <summary>CONNACK 4 or 5.</summary>
    public void AuthenticationFailed() => Count(_authenticationFailures);

    /// <summary>A message is with the socket.</summary>
    public void Sent() => Count(_sent);

    /// <summary>PUBACK in time.</summary>
    public void Acknowledged() => Count(_acknowledged);

    /// <summary>No PUBACK in time.</summary>
    public void Unacknowledged() => Count(_unacknowledged);

    /// <summary>A message was refused before sending.</summary>
    public void TooLarge() => Count(_tooLarge);

    /// <summary>The watchdog dropped the connection.</summary>
    public void WatchdogRestarted() => Count(_watchdogRestarts);

    /// <summary>A handler finished and the message was acknowledged.</summary>
    public void InputHandled() => Count(_inputsHandled);

    /// <summary>A handler failed, or there is none.</summary>
    public void InputFailed() => Count(_inputsFailed);

    /// <summary>The broker closed us for somebody else.</summary>
    public void TakenOver() => Count(_takeovers);

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

    private void Count(Counter<long> counter, long times = 1)
    {
        // Once a message: without a link there is nothing to allocate or to copy.
        if (_link.Length == 0)
        {
            counter.Add(times);
        }
        else
        {
            counter.Add(times, _link[0]);
        }
    }

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
