namespace Sallyport.Modbus;

/// <summary>What a reply PDU must look like to answer a request; the same under every header.</summary>
/// <remarks>Modbus Application Protocol Specification V1.1b3, sections 6 and 7.</remarks>
public static class ReplyPdu
{
    /// <summary>Length of an exception response: function code with its top bit set, exception code.</summary>
    internal const int ExceptionLength = 2;

    /// <summary>Set in the function code of an exception response.</summary>
    internal const byte ExceptionFlag = 0x80;

    /// <summary>Where the data of a read begins: after function code and byte count.</summary>
    internal const int DataOffset = 2;

    private const int FunctionCodeOffset = 0;
    private const int ExceptionCodeOffset = 1;
    private const int ByteCountOffset = 1;

    /// <summary>Refuses a length that no answer to this request has, before its bytes are waited for.</summary>
    /// <exception cref="ModbusProtocolException">No answer is so long.</exception>
    public static void CheckLength(ModbusRequest request, int length)
    {
        bool isPossible = length == ExceptionLength
            || (request is ReadRequest ? length == request.MaxReplyPduLength : length is > ExceptionLength and <= MbapHeader.MaxPduLength);
        if (!isPossible)
        {
            throw new ModbusProtocolException(
                ModbusFault.Length, $"PDU length is {length}, neither {request.MaxReplyPduLength} nor {ExceptionLength}.");
        }
    }

    /// <summary>Reads a whole PDU.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="pdu">Of a possible length.</param>
    /// <param name="data">Receives the data bytes of a read, or the whole PDU of an identification. Not touched otherwise.</param>
    /// <exception cref="ModbusProtocolException">It does not answer the request.</exception>
    public static ReadReply Read(ModbusRequest request, ReadOnlySpan<byte> pdu, Span<byte> data)
    {
        CheckLength(request, pdu.Length);
        bool isException = pdu.Length == ExceptionLength;
        byte expected = isException ? (byte)(request.FunctionCode | ExceptionFlag) : request.FunctionCode;
        if (pdu[FunctionCodeOffset] != expected)
        {
            throw new ModbusProtocolException(
                ModbusFault.FunctionCode, $"Function code is {pdu[FunctionCodeOffset]}, not {expected}, in a PDU of {pdu.Length} bytes.");
        }

        return isException ? ReadReply.Refused(new ModbusExceptionCode(pdu[ExceptionCodeOffset]))
            : request is ReadRequest read ? ReadData(read, pdu, data)
            : ReadIdentification(pdu, data);
    }

    private static ReadReply ReadData(ReadRequest request, ReadOnlySpan<byte> pdu, Span<byte> data)
    {
        if (pdu[ByteCountOffset] != request.ByteCount)
        {
            throw new ModbusProtocolException(ModbusFault.ByteCount, $"Byte count is {pdu[ByteCountOffset]}, not {request.ByteCount}.");
        }

        pdu[DataOffset..].CopyTo(data);
        return ReadReply.Good(request.ByteCount);
    }

    private static ReadReply ReadIdentification(ReadOnlySpan<byte> pdu, Span<byte> data)
    {
        _ = IdentificationReply.Parse(pdu);
        pdu.CopyTo(data);
        return ReadReply.Good(pdu.Length);
    }
}
