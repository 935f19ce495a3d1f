using System.Buffers.Binary;

namespace Sallyport.Simulator.Plant;

/// <summary>Puts an answer on the wire's terms, with what a rude plant does to it.</summary>
/// <remarks>MODBUS Messaging on TCP/IP Implementation Guide V1.0b, section 3.1.3: transaction id, protocol id 0, length, unit id.</remarks>
internal static class PlantReply
{
    /// <summary>Length of the header.</summary>
    public const int HeaderLength = 7;

    /// <summary>Where its length field lies.</summary>
    public const int LengthOffset = 4;

    /// <summary>Where its unit id lies.</summary>
    public const int UnitOffset = 6;

    private const byte ExceptionBit = 0x80;

    // No client has so many requests in flight, and no device has this unit beside the right one.
    private const byte FlippedBit = 0x80;

    /// <summary>The bytes of a reply.</summary>
    /// <param name="header">The header of the request.</param>
    /// <param name="pdu">Function code and what follows it.</param>
    /// <param name="rudeness">What is done to it.</param>
    public static byte[] Of(ReadOnlySpan<byte> header, ReadOnlySpan<byte> pdu, PlantRudeness rudeness)
    {
        var isData = (pdu[0] & ExceptionBit) == 0;
        var missing = rudeness is PlantRudeness.ShortData && isData ? pdu[0] < (byte)PlantTable.HoldingRegister ? 1 : 2 : 0;
        var bytes = new byte[HeaderLength + pdu.Length - missing];
        header[..HeaderLength].CopyTo(bytes);
        pdu[..^missing].CopyTo(bytes.AsSpan(HeaderLength));
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(LengthOffset), (ushort)(bytes.Length - UnitOffset));
        switch (rudeness)
        {
            case PlantRudeness.WrongTransactionId:
                bytes[0] ^= FlippedBit;
                break;
            case PlantRudeness.WrongUnitId:
                bytes[UnitOffset] ^= FlippedBit;
                break;
            case PlantRudeness.WrongByteCount when isData:
                bytes[HeaderLength + 1] += 2;
                break;
            case PlantRudeness.ShortData:
                bytes[HeaderLength + 1] -= (byte)missing;
                break;
        }

        return bytes;
    }
}
