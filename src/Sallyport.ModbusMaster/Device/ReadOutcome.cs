using Sallyport.Modbus;

namespace Sallyport.ModbusMaster.Device;

/// <summary>What one read ended in. Closed: the nested records are all there is.</summary>
public abstract record ReadOutcome
{
    private ReadOutcome()
    {
    }

    /// <summary>The device answered; its data bytes are in the buffer that the caller gave.</summary>
    public sealed record Good : ReadOutcome
    {
        /// <summary>The only instance.</summary>
        public static Good Instance { get; } = new();
    }

    /// <summary>The device answered, and said no. The connection is fine.</summary>
    public sealed record Refused(ModbusExceptionCode Code) : ReadOutcome;

    /// <summary>No whole answer in time. A late one is recognised and dropped, or dies with the connection; a bus is left to fall silent first.</summary>
    public sealed record TimedOut : ReadOutcome
    {
        /// <summary>The only instance.</summary>
        public static TimedOut Instance { get; } = new();
    }

    /// <summary>There is no connection: nobody listens, the way is cut, the device closed it, or a certificate was refused.</summary>
    /// <param name="Reason">A few words.</param>
    public sealed record Unreachable(string Reason) : ReadOutcome;

    /// <summary>What came back was not the answer. The connection was closed; a bus is left to fall silent.</summary>
    /// <param name="Fault">The field that was wrong.</param>
    public sealed record Broken(ModbusFault Fault) : ReadOutcome;
}
