using System.Buffers.Binary;

namespace Sallyport.Modbus;

/// <summary>The only place of this product that writes Modbus requests.</summary>
/// <remarks>Modbus Application Protocol Specification V1.1b3, sections 6.1 to 6.4: function code, starting address, quantity. Big-endian.</remarks>
public static class ReadRequestSerializer
{
    /// <summary>Size of a request PDU, in bytes.</summary>
    public const int PduSize = 5;

    /// <summary>Size of a request with its TCP header, in bytes.</summary>
    public const int TcpSize = MbapHeader.Size + PduSize;

    private const int AddressOffset = 1;
    private const int QuantityOffset = 3;

    /// <summary>Writes header and PDU to the first <see cref="TcpSize"/> bytes of <paramref name="destination"/>.</summary>
    public static void WriteTcp(in ReadExchange exchange, Span<byte> destination)
    {
        new MbapHeader(exchange.TransactionId, exchange.UnitId, PduSize).Write(destination);
        WritePdu(exchange.Request, destination[MbapHeader.Size..]);
    }

    /// <summary>Writes the PDU to the first <see cref="PduSize"/> bytes of <paramref name="destination"/>.</summary>
    /// <exception cref="InvalidOperationException">The function code is not one of the four that read. Cannot happen; if it does, nothing is written.</exception>
    public static void WritePdu(ReadRequest request, Span<byte> destination)
    {
        byte functionCode = request.Table.FunctionCode;
        if (functionCode is < 1 or > 4)
        {
            throw new InvalidOperationException($"Function code {functionCode} is not one that only reads.");
        }

        destination[0] = functionCode;
        BinaryPrimitives.WriteUInt16BigEndian(destination[AddressOffset..], request.Address);
        BinaryPrimitives.WriteUInt16BigEndian(destination[QuantityOffset..], request.Quantity);
    }
}
