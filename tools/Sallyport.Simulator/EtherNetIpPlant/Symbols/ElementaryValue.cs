using System.Buffers.Binary;

namespace Sallyport.Simulator.EtherNetIpPlant.Symbols;

/// <summary>Values of elementary types in memory, little-endian.</summary>
internal static class ElementaryValue
{
    /// <summary>A whole number of 1, 2, 4 or 8 bytes; of larger ones the low bytes.</summary>
    public static void Integer(Span<byte> slot, long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        bytes[..slot.Length].CopyTo(slot);
    }

    /// <summary>A floating point number of 4 or 8 bytes.</summary>
    public static void Real(Span<byte> slot, double value)
    {
        if (slot.Length == sizeof(float))
        {
            BinaryPrimitives.WriteSingleLittleEndian(slot, (float)value);
        }
        else
        {
            BinaryPrimitives.WriteDoubleLittleEndian(slot, value);
        }
    }
}
