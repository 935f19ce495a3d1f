using System.Collections.Immutable;
using System.Text;

namespace Sallyport.Modbus;

/// <summary>One part of what a device says of itself.</summary>
/// <param name="Conformity">The highest level that the device knows; the top bit says that single objects can be asked for.</param>
/// <param name="NextObject">The object to ask for next, or null if this part was the last one.</param>
/// <param name="Objects">In the order of the device.</param>
/// <remarks>Modbus Application Protocol Specification V1.1b3, section 6.21.</remarks>
public sealed record IdentificationReply(byte Conformity, byte? NextObject, ImmutableArray<IdentificationObject> Objects)
{
    private const int MeiTypeOffset = 1;
    private const int ConformityOffset = 3;
    private const int MoreFollowsOffset = 4;
    private const int NextObjectOffset = 5;
    private const int CountOffset = 6;
    private const int FirstObjectOffset = 7;
    private const int ObjectHeaderLength = 2;
    private const byte MoreFollows = 0xFF;

    /// <summary>Whether the device knows more than the basic level.</summary>
    public bool KnowsRegular => (Conformity & 0x7F) > 1;

    /// <summary>Reads a whole PDU.</summary>
    /// <exception cref="ModbusProtocolException">It is not an identification.</exception>
    public static IdentificationReply Parse(ReadOnlySpan<byte> pdu)
    {
        if (!TryMeasure(pdu, out int length) || length != pdu.Length)
        {
            throw new ModbusProtocolException(ModbusFault.Length, $"The objects of the identification do not fill its {pdu.Length} bytes.");
        }

        var objects = ImmutableArray.CreateBuilder<IdentificationObject>(pdu[CountOffset]);
        for (int at = FirstObjectOffset; at < length; at += ObjectHeaderLength + pdu[at + 1])
        {
            objects.Add(new IdentificationObject(pdu[at], Text(pdu.Slice(at + ObjectHeaderLength, pdu[at + 1]))));
        }

        byte? next = pdu[MoreFollowsOffset] == MoreFollows ? pdu[NextObjectOffset] : null;
        return new IdentificationReply(pdu[ConformityOffset], next, objects.DrainToImmutable());
    }

    /// <summary>Adds up how long the PDU is that begins here; only the PDU itself tells.</summary>
    /// <returns>False if more bytes are needed to know.</returns>
    /// <exception cref="ModbusProtocolException">It is not an identification.</exception>
    internal static bool TryMeasure(ReadOnlySpan<byte> bytes, out int length)
    {
        length = FirstObjectOffset;
        if (bytes.Length > MeiTypeOffset && bytes[MeiTypeOffset] != IdentificationRequest.MeiType)
        {
            throw new ModbusProtocolException(
                ModbusFault.FunctionCode, $"The MEI type is {bytes[MeiTypeOffset]}, not {IdentificationRequest.MeiType}.");
        }

        if (bytes.Length < FirstObjectOffset)
        {
            return false;
        }

        for (int left = bytes[CountOffset]; left > 0; left--)
        {
            if (bytes.Length < length + ObjectHeaderLength)
            {
                return false;
            }

            length += ObjectHeaderLength + bytes[length + 1];
            if (length > MbapHeader.MaxPduLength)
            {
                throw new ModbusProtocolException(ModbusFault.Length, "The objects of the identification do not fit in a PDU.");
            }
        }

        return bytes.Length >= length;
    }

    private static string Text(ReadOnlySpan<byte> value) => string.Create(value.Length, value, static (text, bytes) =>
    {
        Encoding.Latin1.GetChars(bytes, text);
        foreach (ref char one in text)
        {
            one = char.IsControl(one) ? '?' : one;
        }
    });
}
