namespace Sallyport.Modbus;

/// <summary>How a device answered: with the data, or with an exception.</summary>
public readonly record struct ReadReply
{
    private ReadReply(ModbusExceptionCode? exception) => Exception = exception;

    /// <summary>The data came.</summary>
    public static ReadReply Good { get; } = new(exception: null);

    /// <summary>Why the device refused, or null if it gave the data.</summary>
    public ModbusExceptionCode? Exception { get; }

    /// <summary>The device said no: an ordinary answer, the connection is fine.</summary>
    public static ReadReply Refused(ModbusExceptionCode code) => new(code);
}
