using System.Buffers.Binary;
using System.Diagnostics;

namespace Sallyport.Modbus;

/// <summary>The only place of this product that writes Modbus requests.</summary>
/// <remarks>Modbus Application Protocol Specification V1.1b3, sections 6.1 to 6.4: function code, starting address, quantity; section 6.21: function
/// code, MEI type, level, first object. Big-endian; only the CRC of a serial line is little-endian.</remarks>
public static class ReadRequestSerializer
{
    /// <summary>Size of the longest request PDU, in bytes.</summary>
    public const int MaxPduSize = 5;

    /// <summary>Size of the longest request with its TCP header, in bytes.</summary>
    public const int MaxTcpSize = MbapHeader.Size + MaxPduSize;

    /// <summary>Size of the longest request with unit id and CRC, in bytes.</summary>
    public const int MaxRtuSize = RtuCrc.Size + 1 + MaxPduSize;

    private const int FieldsOffset = 1;
    private const int QuantityOffset = 3;
    private const int IdentificationSize = 4;

    /// <summary>Writes header and PDU to the first bytes of <paramref name="destination"/>, which has room for <see cref="MaxTcpSize"/>.</summary>
    /// <returns>How many bytes they are.</returns>
    public static int WriteTcp(in ReadExchange exchange, Span<byte> destination)
    {
        int pduSize = WritePdu(exchange.Request, destination[MbapHeader.Size..]);
        new MbapHeader(exchange.TransactionId, exchange.UnitId, pduSize).Write(destination);
        return MbapHeader.Size + pduSize;
    }

    /// <summary>Writes unit id, PDU and CRC to the first bytes of <paramref name="destination"/>, which has room for <see cref="MaxRtuSize"/>.</summary>
    /// <returns>How many bytes they are.</returns>
    public static int WriteRtu(byte unitId, ModbusRequest request, Span<byte> destination)
    {
        int length = 1 + WritePdu(request, destination[1..]);
        destination[0] = unitId;
        BinaryPrimitives.WriteUInt16LittleEndian(destination[length..], RtuCrc.Of(destination[..length]));
        return length + RtuCrc.Size;
    }

    /// <summary>Writes the PDU to the first bytes of <paramref name="destination"/>, which has room for <see cref="MaxPduSize"/>.</summary>
    /// <returns>How many bytes it has.</returns>
    /// <exception cref="InvalidOperationException">The function code is not one of the five that only read. Cannot happen; if it does, nothing is written.</exception>
    public static int WritePdu(ModbusRequest request, Span<byte> destination)
    {
        byte functionCode = request.FunctionCode;
        switch (request)
        {
            case ReadRequest read when functionCode is >= 1 and <= 4:
                destination[0] = functionCode;
                BinaryPrimitives.WriteUInt16BigEndian(destination[FieldsOffset..], read.Address);
                BinaryPrimitives.WriteUInt16BigEndian(destination[QuantityOffset..], read.Quantity);
                return MaxPduSize;
            case IdentificationRequest identification when functionCode == 43:
                ReadOnlySpan<byte> pdu = [functionCode, IdentificationRequest.MeiType, identification.Code, identification.FirstObject];
                pdu.CopyTo(destination);
                return IdentificationSize;
            case ReadRequest or IdentificationRequest:
                throw new InvalidOperationException($"Function code {functionCode} is not one that only reads.");
            default:
                throw new UnreachableException($"No such request: {request}.");
        }
    }
}
