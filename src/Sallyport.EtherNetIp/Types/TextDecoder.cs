using System.Buffers.Binary;
using System.Text;
using Sallyport.Telemetry;

namespace Sallyport.EtherNetIp.Types;

/// <summary>Makes texts of bytes.</summary>
internal static class TextDecoder
{
    /// <summary>The members of a Logix string: a length of 32 bits, then its characters.</summary>
    public const int LogixLengthSize = sizeof(uint);

    // What Windows-1252 has from 0x80 to 0x9F; five places are not used and stay as they are.
    private const string Windows1252 =
        "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F"
        + "\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

    public static ValueOutcome Decode(ReadOnlySpan<byte> characters, TextEncoding encoding) => ValueOutcome.Good(PointValue.FromText(encoding switch
    {
        TextEncoding.Utf8 => Encoding.UTF8.GetString(characters),
        TextEncoding.Windows1252 => Windows(characters),
        _ => Encoding.Latin1.GetString(characters),
    }));

    /// <summary>A string of a Logix controller. Its length can be damaged: it is never more than there are characters.</summary>
    public static ValueOutcome DecodeLogix(ReadOnlySpan<byte> value, TextEncoding encoding)
    {
        ReadOnlySpan<byte> characters = value[LogixLengthSize..];
        int length = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(value), (uint)characters.Length);
        return Decode(characters[..length], encoding);
    }

    private static string Windows(ReadOnlySpan<byte> characters) => string.Create(characters.Length, characters, static (text, bytes) =>
    {
        for (int i = 0; i < text.Length; i++)
        {
            text[i] = bytes[i] is >= 0x80 and <= 0x9F ? Windows1252[bytes[i] - 0x80] : (char)bytes[i];
        }
    });
}
