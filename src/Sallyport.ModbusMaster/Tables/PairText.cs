using System.Text;

namespace Sallyport.ModbusMaster.Tables;

/// <summary>An object in a cell: <c>0=off;1=on</c>. A backslash stands before a <c>;</c>, <c>=</c> or <c>\</c> that is part of a name or a text.</summary>
internal static class PairText
{
    /// <summary>Takes a cell apart; spaces behind a <c>;</c> are nothing, and so is a <c>;</c> at the end.</summary>
    /// <returns>False if there is a part without <c>=</c>.</returns>
    public static bool TryRead(ReadOnlySpan<char> cell, List<KeyValuePair<string, string>> pairs)
    {
        var part = new StringBuilder();
        string? name = null;
        for (int i = 0; i < cell.Length; i++)
        {
            switch (cell[i])
            {
                case '\\' when i + 1 < cell.Length:
                    part.Append(cell[++i]);
                    break;
                case '=' when name is null:
                    name = part.ToString();
                    part.Clear();
                    break;
                case ' ' when name is null && part.Length is 0:
                    break;
                case ';' when name is null:
                    return false;
                case ';':
                    pairs.Add(new KeyValuePair<string, string>(name, part.ToString()));
                    name = null;
                    part.Clear();
                    break;
                default:
                    part.Append(cell[i]);
                    break;
            }
        }

        if (name is not null)
        {
            pairs.Add(new KeyValuePair<string, string>(name, part.ToString()));
        }

        return pairs.Count > 0 && (name is not null || part.Length is 0);
    }

    /// <summary>Appends a pair in the form that <see cref="TryRead"/> takes apart.</summary>
    public static void Append(StringBuilder cell, string name, string text)
    {
        cell.Append(cell.Length is 0 ? "" : ";");
        if (name.StartsWith(' '))
        {
            cell.Append('\\');
        }

        AppendEscaped(cell, name, "\\;=");
        cell.Append('=');
        AppendEscaped(cell, text, "\\;");
    }

    private static void AppendEscaped(StringBuilder cell, string text, string special)
    {
        foreach (char character in text)
        {
            if (special.Contains(character, StringComparison.Ordinal))
            {
                cell.Append('\\');
            }

            cell.Append(character);
        }
    }
}
