using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Sallyport.Interop.Tests;

/// <summary>Makes text of registers that mbpoll read and has no type for.</summary>
internal static class RegisterText
{
    /// <summary>The value.</summary>
    /// <param name="wire">The bytes as they came.</param>
    /// <param name="kind">The peer's word for what they mean.</param>
    /// <param name="order">Which byte came where, A being the most significant one; empty for A first.</param>
    /// <param name="members">The point's configuration.</param>
    public static string Of(byte[] wire, string kind, string order, JsonElement members)
    {
        byte[] bytes = [.. wire];
        for (int i = 0; i < order.Length; i++)
        {
            bytes[order[i] - 'A'] = wire[i];
        }

        IFormattable value = kind switch
        {
            "int16" => BinaryPrimitives.ReadInt16BigEndian(bytes),
            "uint16" => BinaryPrimitives.ReadUInt16BigEndian(bytes),
            "int32" => BinaryPrimitives.ReadInt32BigEndian(bytes),
            "uint32" => BinaryPrimitives.ReadUInt32BigEndian(bytes),
            "int64" => BinaryPrimitives.ReadInt64BigEndian(bytes),
            "uint64" => BinaryPrimitives.ReadUInt64BigEndian(bytes),
            "float16" => BinaryPrimitives.ReadHalfBigEndian(bytes),
            "float32" => BinaryPrimitives.ReadSingleBigEndian(bytes),
            "float64" => BinaryPrimitives.ReadDoubleBigEndian(bytes),
            "int8High" => (sbyte)bytes[0],
            "int8Low" => (sbyte)bytes[1],
            "uint8High" => bytes[0],
            "uint8Low" => bytes[1],
            "registerBit" => (BinaryPrimitives.ReadUInt16BigEndian(bytes) >> members.GetProperty("bit").GetInt32()) & 1,
            "bcd16" or "bcd32" or "bcd64" => long.Parse(Convert.ToHexString(bytes), CultureInfo.InvariantCulture),
            _ => (FormattableString)$"{Characters(bytes, members.GetProperty("packing").GetString()!, members.GetProperty("encoding").GetString()!)}",
        };
        return value.ToString(null, CultureInfo.InvariantCulture);
    }

    private static string Characters(byte[] bytes, string packing, string encoding)
    {
        IEnumerable<byte> characters = packing switch
        {
            "lowFirst" => bytes.Chunk(2).SelectMany(register => register.Reverse()),
            "highOnly" => bytes.Where((_, place) => place % 2 == 0),
            "lowOnly" => bytes.Where((_, place) => place % 2 == 1),
            _ => bytes,
        };
        string text = (encoding is "utf8" ? Encoding.UTF8 : Encoding.Latin1).GetString([.. characters]);
        return text.Split('\0')[0].TrimEnd(' ');
    }
}
