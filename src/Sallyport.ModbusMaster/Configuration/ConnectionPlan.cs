namespace Sallyport.ModbusMaster.Configuration;

/// <summary>One connection or serial line, shared by all units behind it.</summary>
/// <param name="Name">As configured.</param>
/// <param name="Endpoint">Where it leads to.</param>
/// <param name="Timeout">How long one request may take; on a serial line, not counting the time its bytes need on the wire.</param>
/// <param name="ConnectTimeout">How long connecting may take, name resolution and TLS included.</param>
public sealed record ConnectionPlan(string Name, ModbusEndpoint Endpoint, TimeSpan Timeout, TimeSpan ConnectTimeout)
{
    /// <summary>How many requests may be on their way at once, 1 to 16.</summary>
    public int Depth { get; init; } = 1;

    /// <summary>The least time between the end of a request and the next one.</summary>
    public TimeSpan RequestPause { get; init; }

    /// <summary>The least time between connecting and the first request.</summary>
    public TimeSpan ConnectPause { get; init; }

    /// <summary>How long a connection may be unused before it is closed; zero for ever.</summary>
    public TimeSpan IdleClose { get; init; }

    /// <summary>The least time between the end of a connection and the next attempt to connect; longer after attempts that failed.</summary>
    public TimeSpan ReconnectPause { get; init; }

    /// <summary>Whether a time-out closes the connection. Else its transaction id is remembered, and a late reply to it is dropped.</summary>
    public bool ClosesOnTimeout { get; init; }

    /// <summary>Whether replies may carry any transaction id; for devices that do not copy it. Only with a depth of 1 and <see cref="ClosesOnTimeout"/>.</summary>
    public bool IgnoresTransactionId { get; init; }

    /// <summary>Whether replies may carry unit 0 or 255 instead of the unit that was asked; for devices that mean themselves by it. Their transaction id still tells
    /// which request they answer.</summary>
    public bool AcceptsUnit0Or255 { get; init; }

    /// <summary>How long a bus must have been silent after a request that failed; null for as long as <see cref="Timeout"/>.</summary>
    public TimeSpan? Drain { get; init; }

    /// <summary>The certificates; there if and only if the endpoint is <see cref="ModbusEndpoint.Tls"/>.</summary>
    public TlsPlan? Tls { get; init; }
}
