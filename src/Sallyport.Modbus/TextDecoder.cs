using System.Text;
using System.Text.Unicode;
using Sallyport.Telemetry;

namespace Sallyport.Modbus;

/// <summary>Makes texts of registers. A text ends at its first NUL; spaces at its end are padding.</summary>
internal static class TextDecoder
{
    private const int MaxBytes = 250;
    private const int BytesPerRegister = 2;
    private const byte Nul = 0;
    private const byte Space = (byte)' ';

    /// <summary>The text, or a bad outcome if the bytes are not in the encoding.</summary>
    /// <param name="bytes">Whole registers, at most 125.</param>
    /// <param name="format">How they are read.</param>
    public static ValueOutcome Decode(ReadOnlySpan<byte> bytes, TextFormat format)
    {
        Span<byte> buffer = stackalloc byte[MaxBytes];
        ReadOnlySpan<byte> characters = WithoutPadding(buffer[..Unpack(bytes, format.Packing, buffer)]);
        bool isText = format.Encoding switch
        {
            CharacterEncoding.Ascii => Ascii.IsValid(characters),
            CharacterEncoding.Utf8 => Utf8.IsValid(characters),
            _ => true,
        };
        return isText
            ? ValueOutcome.Good(PointValue.FromText(EncodingOf(format.Encoding).GetString(characters)))
            : ValueOutcome.Bad(StatusCode.BadOutOfRange, "not a text in its encoding");
    }

    private static Encoding EncodingOf(CharacterEncoding encoding) => encoding is CharacterEncoding.Utf8 ? Encoding.UTF8 : Encoding.Latin1;

    private static int Unpack(ReadOnlySpan<byte> bytes, CharacterPacking packing, Span<byte> characters)
    {
        int count = 0;
        for (int i = 0; i < bytes.Length; i += BytesPerRegister)
        {
            (byte high, byte low) = (bytes[i], bytes[i + 1]);
            characters[count++] = packing is CharacterPacking.HighFirst or CharacterPacking.HighOnly ? high : low;
            if (packing is CharacterPacking.HighFirst or CharacterPacking.LowFirst)
            {
                characters[count++] = packing is CharacterPacking.HighFirst ? low : high;
            }
        }

        return count;
    }

    private static ReadOnlySpan<byte> WithoutPadding(ReadOnlySpan<byte> characters)
    {
        int end = characters.IndexOf(Nul);
        return (end < 0 ? characters : characters[..end]).TrimEnd(Space);
    }
}
