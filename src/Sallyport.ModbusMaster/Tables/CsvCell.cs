using System.Buffers;

namespace Sallyport.ModbusMaster.Tables;

/// <summary>One cell of a CSV file, with or without quotes. Stricter than most readers: what a spreadsheet would repair in silence is refused.</summary>
/// <remarks>RFC 4180, section 2, rules 5 to 7.</remarks>
internal static class CsvCell
{
    private const char Quote = '"';

    private static readonly SearchValues<char> NeedQuotes = SearchValues.Create(",;\"\t\r\n");

    /// <summary>Takes the quotes away.</summary>
    /// <param name="raw">What stands between two separators.</param>
    /// <param name="text">What it means.</param>
    /// <returns>Null, or what is wrong with the quotes.</returns>
    public static string? Unquote(ReadOnlySpan<char> raw, out ReadOnlySpan<char> text)
    {
        text = raw;
        if (!raw.Contains(Quote))
        {
            return null;
        }

        if (raw[0] is not Quote)
        {
            return "There is a quote in a cell that does not begin with one: put the cell in quotes and write the quote twice.";
        }

        ReadOnlySpan<char> inner = raw.Length >= 2 && raw[^1] is Quote ? raw[1..^1] : default;
        if (raw.Length < 2 || raw[^1] is not Quote || !HasPairsOnly(inner))
        {
            return "The quotes do not fit: a cell in quotes ends with one, and a quote within it is written twice.";
        }

        text = inner.Contains(Quote) ? inner.ToString().Replace("\"\"", "\"", StringComparison.Ordinal) : inner;
        return null;
    }

    /// <summary>Puts a text in quotes if it needs them.</summary>
    public static string Quoted(string text) => text.AsSpan().ContainsAny(NeedQuotes)
        ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : text;

    private static bool HasPairsOnly(ReadOnlySpan<char> inner)
    {
        while (inner.IndexOf(Quote) is >= 0 and int at)
        {
            if (at + 1 == inner.Length || inner[at + 1] is not Quote)
            {
                return false;
            }

            inner = inner[(at + 2)..];
        }

        return true;
    }
}
