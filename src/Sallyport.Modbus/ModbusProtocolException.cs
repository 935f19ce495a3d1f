namespace Sallyport.Modbus;

/// <summary>The peer sent bytes that cannot be the answer to the request. The connection cannot be trusted any more.</summary>
public sealed class ModbusProtocolException : Exception
{
    /// <summary>Creates the exception with a message that names the bad field and its value.</summary>
    public ModbusProtocolException(ModbusFault fault, string message)
        : base(message)
    {
        Fault = fault;
    }

    /// <summary>The field that is wrong.</summary>
    public ModbusFault Fault { get; }
}
