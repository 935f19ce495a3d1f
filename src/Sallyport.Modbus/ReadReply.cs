namespace Sallyport.Modbus;

/// <summary>How a device answered: with the data, or with an exception.</summary>
public readonly record struct ReadReply
{
    private ReadReply(ModbusExceptionCode? exception, int dataLength) => (Exception, DataLength) = (exception, dataLength);

    /// <summary>Why the device refused, or null if it gave the data.</summary>
    public ModbusExceptionCode? Exception { get; }

    /// <summary>How many bytes of data there are; 0 if the device refused.</summary>
    public int DataLength { get; }

    /// <summary>The data came.</summary>
    public static ReadReply Good(int dataLength) => new(exception: null, dataLength);

    /// <summary>The device said no: an ordinary answer, the connection is fine.</summary>
    public static ReadReply Refused(ModbusExceptionCode code) => new(code, dataLength: 0);
}
