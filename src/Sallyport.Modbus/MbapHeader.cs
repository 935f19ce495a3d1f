using System.Buffers.Binary;

namespace Sallyport.Modbus;

/// <summary>The seven bytes in front of every Modbus TCP message.</summary>
/// <param name="TransactionId">Pairs a response with its request.</param>
/// <param name="UnitId">The device behind the gateway, 1 to 247; 0 and 255 mean the endpoint itself.</param>
/// <param name="PduLength">Length of what follows the header, in bytes: 1 to 253.</param>
/// <remarks>Modbus Messaging on TCP/IP Implementation Guide V1.0b, section 3.1.3. Big-endian.</remarks>
public readonly record struct MbapHeader(ushort TransactionId, byte UnitId, int PduLength)
{
    /// <summary>Size of the header, in bytes.</summary>
    public const int Size = 7;

    /// <summary>The largest PDU the specification allows, in bytes.</summary>
    public const int MaxPduLength = 253;

    private const int ProtocolIdOffset = 2;
    private const int LengthOffset = 4;
    private const int UnitIdOffset = 6;

    /// <summary>Writes the header to the first <see cref="Size"/> bytes of <paramref name="destination"/>.</summary>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt16BigEndian(destination, TransactionId);
        BinaryPrimitives.WriteUInt16BigEndian(destination[ProtocolIdOffset..], 0);
        BinaryPrimitives.WriteUInt16BigEndian(destination[LengthOffset..], (ushort)(PduLength + 1));
        destination[UnitIdOffset] = UnitId;
    }

    /// <summary>Reads a header once all its bytes have arrived.</summary>
    /// <returns>False if more bytes are needed.</returns>
    /// <exception cref="ModbusProtocolException">The bytes cannot be a Modbus header.</exception>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out MbapHeader header)
    {
        header = default;
        if (bytes.Length < Size)
        {
            return false;
        }

        ushort protocolId = BinaryPrimitives.ReadUInt16BigEndian(bytes[ProtocolIdOffset..]);
        if (protocolId != 0)
        {
            throw new ModbusProtocolException(ModbusFault.ProtocolId, $"Protocol id is {protocolId}, not 0.");
        }

        // The length field counts the unit id too.
        int pduLength = BinaryPrimitives.ReadUInt16BigEndian(bytes[LengthOffset..]) - 1;
        if (pduLength is < 1 or > MaxPduLength)
        {
            throw new ModbusProtocolException(ModbusFault.Length, $"PDU length is {pduLength}, not 1 to {MaxPduLength}.");
        }

        header = new MbapHeader(BinaryPrimitives.ReadUInt16BigEndian(bytes), bytes[UnitIdOffset], pduLength);
        return true;
    }
}
