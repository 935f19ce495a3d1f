using Sallyport.Modbus;

namespace Sallyport.ModbusReader.Device;

/// <summary>What one read ended in. Closed: the nested records are all there is.</summary>
internal abstract record ReadOutcome
{
    private ReadOutcome()
    {
    }

    /// <summary>The device answered; its data bytes are in the buffer that the caller gave.</summary>
    internal sealed record Data : ReadOutcome
    {
        /// <summary>The only instance.</summary>
        public static Data Instance { get; } = new();
    }

    /// <summary>The device answered, and said no. The connection is fine.</summary>
    internal sealed record Refused(ModbusExceptionCode Code) : ReadOutcome;

    /// <summary>No whole answer in time. The connection was closed, so that a late one cannot be mistaken for another.</summary>
    internal sealed record TimedOut : ReadOutcome
    {
        /// <summary>The only instance.</summary>
        public static TimedOut Instance { get; } = new();
    }

    /// <summary>There is no connection: nobody listens, the way is cut, or the device closed it.</summary>
    /// <param name="Reason">A few words.</param>
    internal sealed record Unreachable(string Reason) : ReadOutcome;

    /// <summary>What came back was not the answer. The connection was closed.</summary>
    /// <param name="Fault">The field that was wrong.</param>
    internal sealed record Broken(ModbusFault Fault) : ReadOutcome;
}
