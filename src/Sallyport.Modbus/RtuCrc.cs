namespace Sallyport.Modbus;

/// <summary>The checksum at the end of each frame of a serial line, less significant byte first.</summary>
/// <remarks>Modbus over Serial Line V1.02, appendix B: polynomial x16 + x15 + x2 + 1, reflected, begun with all ones.</remarks>
public static class RtuCrc
{
    /// <summary>Its size, in bytes.</summary>
    public const int Size = 2;

    private const ushort Polynomial = 0xA001;
    private const ushort Initial = 0xFFFF;

    private static readonly ushort[] Table = Tabulate();

    /// <summary>The checksum of these bytes. Of a whole frame with its checksum in place it is 0.</summary>
    public static ushort Of(ReadOnlySpan<byte> bytes)
    {
        ushort crc = Initial;
        foreach (byte one in bytes)
        {
            crc = (ushort)((crc >> 8) ^ Table[(byte)(crc ^ one)]);
        }

        return crc;
    }

    private static ushort[] Tabulate()
    {
        ushort[] table = new ushort[256];
        for (int i = 0; i < table.Length; i++)
        {
            ushort crc = (ushort)i;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (ushort)((crc & 1) != 0 ? (crc >> 1) ^ Polynomial : crc >> 1);
            }

            table[i] = crc;
        }

        return table;
    }
}
