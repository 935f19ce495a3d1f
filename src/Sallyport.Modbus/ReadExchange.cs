namespace Sallyport.Modbus;

/// <summary>One request on a TCP connection and the only reply that answers it.</summary>
/// <param name="TransactionId">Unique among the requests of the connection.</param>
/// <param name="UnitId">The device that is asked; the reply must carry the same.</param>
/// <param name="Request">What is asked.</param>
public readonly record struct ReadExchange(ushort TransactionId, byte UnitId, ModbusRequest Request)
{
    /// <summary>Checks what is known as soon as the header is there: no peer can make us wait for a length that cannot be right.</summary>
    /// <exception cref="ModbusProtocolException">What follows is not the answer to this request.</exception>
    public void Check(MbapHeader header)
    {
        if (header.TransactionId != TransactionId)
        {
            throw new ModbusProtocolException(
                ModbusFault.TransactionId, $"The reply is to transaction {header.TransactionId}, not to {TransactionId}.");
        }

        if (header.UnitId != UnitId)
        {
            throw new ModbusProtocolException(ModbusFault.UnitId, $"Unit {header.UnitId} replied, not unit {UnitId}.");
        }

        ReplyPdu.CheckLength(Request, header.PduLength);
    }

    /// <summary>Reads the reply once all its bytes have arrived.</summary>
    /// <param name="received">From the first byte of the reply on.</param>
    /// <param name="data">Receives the data bytes; see <see cref="ReplyPdu.Read"/>.</param>
    /// <param name="reply">Data or exception.</param>
    /// <param name="consumed">How many bytes the reply had.</param>
    /// <returns>False if more bytes are needed; nothing is consumed then.</returns>
    /// <exception cref="ModbusProtocolException">These bytes are not the answer to this request.</exception>
    public bool TryReadReply(ReadOnlySpan<byte> received, Span<byte> data, out ReadReply reply, out int consumed)
    {
        (reply, consumed) = (default, 0);
        if (!MbapHeader.TryRead(received, out MbapHeader header))
        {
            return false;
        }

        Check(header);
        if (received.Length < MbapHeader.Size + header.PduLength)
        {
            return false;
        }

        reply = ReplyPdu.Read(Request, received.Slice(MbapHeader.Size, header.PduLength), data);
        consumed = MbapHeader.Size + header.PduLength;
        return true;
    }
}
