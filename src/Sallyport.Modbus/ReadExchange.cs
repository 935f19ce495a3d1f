using System.Buffers;

namespace Sallyport.Modbus;

/// <summary>One request on a TCP connection and the only reply that answers it.</summary>
/// <param name="TransactionId">Unique among the requests of the connection.</param>
/// <param name="UnitId">The device that is asked; the reply must carry the same.</param>
/// <param name="Request">What is read.</param>
public readonly record struct ReadExchange(ushort TransactionId, byte UnitId, ReadRequest Request)
{
    private const byte ExceptionFlag = 0x80;
    private const int ExceptionPduLength = 2;
    private const int FunctionCodeOffset = 0;
    private const int ExceptionCodeOffset = 1;
    private const int ByteCountOffset = 1;
    private const int DataOffset = 2;

    /// <summary>Reads the reply once all its bytes have arrived.</summary>
    /// <param name="reader">Stands at the first byte of the reply.</param>
    /// <param name="data">Receives the data bytes; at least <see cref="ReadRequest.ByteCount"/> long. Not touched by an exception response.</param>
    /// <param name="reply">Data or exception.</param>
    /// <returns>False if more bytes are needed; nothing is consumed then.</returns>
    /// <exception cref="ModbusProtocolException">These bytes are not the answer to this request. Found out as soon as the header is
    /// there: no peer can make us wait for a length that cannot be right.</exception>
    public bool TryReadReply(ref SequenceReader<byte> reader, Span<byte> data, out ReadReply reply)
    {
        reply = default;
        SequenceReader<byte> ahead = reader;
        if (!MbapHeader.TryRead(ref ahead, out MbapHeader header))
        {
            return false;
        }

        Check(header);
        Span<byte> pdu = stackalloc byte[MbapHeader.MaxPduLength];
        pdu = pdu[..header.PduLength];
        if (!ahead.TryCopyTo(pdu))
        {
            return false;
        }

        reply = Read(pdu, data);
        ahead.Advance(header.PduLength);
        reader = ahead;
        return true;
    }

    private void Check(MbapHeader header)
    {
        if (header.TransactionId != TransactionId)
        {
            throw new ModbusProtocolException(
                ModbusFault.TransactionId,
                $"The reply is to transaction {header.TransactionId}, not to {TransactionId}.");
        }

        if (header.UnitId != UnitId)
        {
            throw new ModbusProtocolException(ModbusFault.UnitId, $"Unit {header.UnitId} replied, not unit {UnitId}.");
        }

        int whole = DataOffset + Request.ByteCount;
        if (header.PduLength != whole && header.PduLength != ExceptionPduLength)
        {
            throw new ModbusProtocolException(
                ModbusFault.Length,
                $"PDU length is {header.PduLength}, neither {whole} nor {ExceptionPduLength}.");
        }
    }

    private ReadReply Read(ReadOnlySpan<byte> pdu, Span<byte> data)
    {
        byte functionCode = Request.Table.FunctionCode;
        bool isException = pdu.Length == ExceptionPduLength;
        byte expected = isException ? (byte)(functionCode | ExceptionFlag) : functionCode;
        if (pdu[FunctionCodeOffset] != expected)
        {
            throw new ModbusProtocolException(
                ModbusFault.FunctionCode,
                $"Function code is {pdu[FunctionCodeOffset]}, not {expected}, in a PDU of {pdu.Length} bytes.");
        }

        if (isException)
        {
            return ReadReply.Refused(new ModbusExceptionCode(pdu[ExceptionCodeOffset]));
        }

        if (pdu[ByteCountOffset] != Request.ByteCount)
        {
            throw new ModbusProtocolException(
                ModbusFault.ByteCount,
                $"Byte count is {pdu[ByteCountOffset]}, not {Request.ByteCount}.");
        }

        pdu[DataOffset..].CopyTo(data);
        return ReadReply.Good;
    }
}
