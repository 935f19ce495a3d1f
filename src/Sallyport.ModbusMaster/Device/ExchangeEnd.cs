using Sallyport.Modbus;

namespace Sallyport.ModbusMaster.Device;

/// <summary>What one exchange ended in.</summary>
internal readonly record struct ExchangeEnd
{
    private ExchangeEnd(Kind kind) => How = kind;

    /// <summary>The ways in which it can end.</summary>
    public enum Kind
    {
        /// <summary>With a reply.</summary>
        Answered,

        /// <summary>No whole reply in time.</summary>
        TimedOut,

        /// <summary>Something else than the reply came.</summary>
        Broken,

        /// <summary>The wire ended before a byte of the reply had come.</summary>
        Swallowed,

        /// <summary>The wire ended inside the reply.</summary>
        Torn,

        /// <summary>It never got as far as the wire.</summary>
        Unreachable,
    }

    public static ExchangeEnd TimedOut { get; } = new(Kind.TimedOut);

    public static ExchangeEnd Swallowed { get; } = new(Kind.Swallowed);

    public static ExchangeEnd Torn { get; } = new(Kind.Torn);

    public Kind How { get; }

    /// <summary>If it was answered.</summary>
    public ReadReply Reply { get; private init; }

    /// <summary>If it is broken.</summary>
    public ModbusProtocolException? Fault { get; private init; }

    /// <summary>If it is unreachable.</summary>
    public string? Reason { get; private init; }

    public static ExchangeEnd Answered(ReadReply reply) => new(Kind.Answered) { Reply = reply };

    public static ExchangeEnd Broken(ModbusProtocolException fault) => new(Kind.Broken) { Fault = fault };

    public static ExchangeEnd Unreachable(string reason) => new(Kind.Unreachable) { Reason = reason };
}
