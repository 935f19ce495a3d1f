using Sallyport.Identity.Revocation;

namespace Sallyport.IotHub;

/// <summary>Time limits and bounds of one connection. The defaults fit edgeHub.</summary>
public sealed class HubConnectionOptions
{
    /// <summary>Life of a minted token. 5 min to 48 h. A planned reconnect replaces it at 80 to 85 % of that.</summary>
    public TimeSpan TokenLife { get; set; } = TimeSpan.FromHours(1);

    /// <summary>From the TCP SYN to the last SUBACK. 1 s to 5 min. A CONNACK that is lost ends here.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>From handing a message to the socket to its PUBACK. 1 s to 2 min.</summary>
    public TimeSpan PublishTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long one call of an input handler may take. 1 s to 29 s: edgeHub delivers again after 30 s.</summary>
    public TimeSpan InputDeadline { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>How long one direct method may take. 1 s to 300 s; callers give up after 30 s unless they say otherwise.</summary>
    public TimeSpan MethodDeadline { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the answer to a twin request may take. 1 s to 5 min.</summary>
    public TimeSpan TwinTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Without any acknowledgement for this long while something is undelivered, the connection is restarted. 10 s to 1 h.</summary>
    public TimeSpan WatchdogLimit { get; set; } = TimeSpan.FromSeconds(120);

    /// <summary>MQTT keep-alive, whole seconds. 5 s to 1177 s, which is IoT Hub's longest useful value.</summary>
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Upper bound of the first wait before a reconnect; doubles with each failure. 1 s to <see cref="LongestDelay"/>.</summary>
    public TimeSpan FirstDelay { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Upper bound of every wait before a reconnect. At most 1 h.</summary>
    public TimeSpan LongestDelay { get; set; } = TimeSpan.FromSeconds(300);

    /// <summary>How long an orderly stop or a planned reconnect waits for outstanding acknowledgements. 0 to 1 min.</summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Publishes without an acknowledgement at a time. 1 to 1000.</summary>
    public int MaxInFlight { get; set; } = 64;

    /// <summary>What the hub shows as the client's kind, for example <c>Sallyport/1.0</c>.</summary>
    public string Product { get; set; } = "Sallyport";

    /// <summary>Says which certificates of brokers are revoked.</summary>
    public IRevocationCheck Revocation { get; set; } = NoRevocationLists.Instance;

    /// <summary>The first option that is out of its range, in one sentence; null if none is.</summary>
    public string? FindFault() =>
        Outside(TokenLife, TimeSpan.FromMinutes(5), TimeSpan.FromHours(48), nameof(TokenLife))
        ?? Outside(ConnectTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5), nameof(ConnectTimeout))
        ?? Outside(PublishTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2), nameof(PublishTimeout))
        ?? Outside(InputDeadline, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(29), nameof(InputDeadline))
        ?? Outside(MethodDeadline, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(300), nameof(MethodDeadline))
        ?? Outside(TwinTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5), nameof(TwinTimeout))
        ?? Outside(WatchdogLimit, TimeSpan.FromSeconds(10), TimeSpan.FromHours(1), nameof(WatchdogLimit))
        ?? Outside(KeepAlive, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1177), nameof(KeepAlive))
        ?? Outside(FirstDelay, TimeSpan.FromSeconds(1), LongestDelay, nameof(FirstDelay))
        ?? Outside(LongestDelay, FirstDelay, TimeSpan.FromHours(1), nameof(LongestDelay))
        ?? Outside(DrainTimeout, TimeSpan.Zero, TimeSpan.FromMinutes(1), nameof(DrainTimeout))
        ?? (MaxInFlight is < 1 or > 1000 ? $"{nameof(MaxInFlight)} is {MaxInFlight}, not 1 to 1000." : null);

    private static string? Outside(TimeSpan value, TimeSpan lowest, TimeSpan highest, string option) =>
        value < lowest || value > highest ? $"{option} is {value}, not {lowest} to {highest}." : null;
}
