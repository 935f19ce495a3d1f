namespace Sallyport.Modbus;

/// <summary>What a device can be asked. Closed: <see cref="ReadRequest"/> and <see cref="IdentificationRequest"/>, five functions that only read.</summary>
public abstract class ModbusRequest
{
    private protected ModbusRequest()
    {
    }

    /// <summary>The function: 1 to 4, or 43.</summary>
    public abstract byte FunctionCode { get; }

    /// <summary>The longest correct reply PDU, in bytes.</summary>
    public abstract int MaxReplyPduLength { get; }
}
