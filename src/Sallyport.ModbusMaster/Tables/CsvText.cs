using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using nietras.SeparatedValues;

namespace Sallyport.ModbusMaster.Tables;

/// <summary>The bytes of a CSV file before their cells are looked at: encoding, byte order mark, separator.</summary>
internal static class CsvText
{
    private const char DefaultSeparator = ',';

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private static ReadOnlySpan<byte> LineEnds => "\r\n"u8;

    /// <summary>Looks for what is no text at all.</summary>
    /// <returns>Null if it is UTF-8.</returns>
    public static TableFault? Judge(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            return new TableFault(1, null, "The file is UTF-16: save it as CSV UTF-8.");
        }

        if (Utf8.IsValid(bytes))
        {
            return null;
        }

        int line = 1;
        while (bytes.IndexOf((byte)'\n') is >= 0 and int end && Utf8.IsValid(bytes[..end]))
        {
            bytes = bytes[(end + 1)..];
            line++;
        }

        return new TableFault(line, null, "The line is not UTF-8: save the file as CSV UTF-8.");
    }

    /// <summary>Opens the rows of a file that <see cref="Judge"/> found nothing wrong with. Cells keep their quotes; rows may be ragged.</summary>
#pragma warning disable VSTHRD200 // The parser could be awaited row by row too; the bytes are here already.
    public static SepReader Open(ReadOnlyMemory<byte> bytes)
#pragma warning restore VSTHRD200
    {
        ReadOnlyMemory<byte> text = bytes.Span.StartsWith(ByteOrderMark) ? bytes[ByteOrderMark.Length..] : bytes;
        ArraySegment<byte> segment = MemoryMarshal.TryGetArray(text, out ArraySegment<byte> found) ? found : new ArraySegment<byte>(text.ToArray());
        var stream = new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false);
        return new Sep(SeparatorOf(text.Span))
            .Reader(options => options with { HasHeader = false, Unescape = false, DisableColCountCheck = true })
            .From(new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: false));
    }

    /// <summary>The first separator in the first line: titles have none in them.</summary>
    private static char SeparatorOf(ReadOnlySpan<byte> text)
    {
        text = text.TrimStart(LineEnds);
        int end = text.IndexOfAny(LineEnds);
        ReadOnlySpan<byte> header = end < 0 ? text : text[..end];
        int at = header.IndexOfAny((byte)',', (byte)';', (byte)'\t');
        return at < 0 ? DefaultSeparator : (char)header[at];
    }
}
