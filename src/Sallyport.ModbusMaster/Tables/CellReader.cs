using System.Text.Json;
using System.Text.RegularExpressions;

namespace Sallyport.ModbusMaster.Tables;

/// <summary>Writes a cell as the member of a point.</summary>
internal static partial class CellReader
{
    private const int MaxShownLength = 64;

    /// <summary>Writes name and value, or nothing.</summary>
    /// <returns>Null, or what is wrong with the cell.</returns>
    public static string? Write(Utf8JsonWriter json, PointColumn column, ReadOnlySpan<char> cell)
    {
        switch (column.Kind)
        {
            case CellKind.Text:
                json.WriteString(column.Key, cell);
                return null;
            case CellKind.WholeNumber when WholeNumber.IsMatch(cell):
            case CellKind.Number when Number.IsMatch(cell):
                json.WritePropertyName(column.Key);
                json.WriteRawValue(cell, skipInputValidation: true);
                return null;
            case CellKind.WholeNumber:
                return $"{Shown(cell)} is not a whole number.";
            case CellKind.Number:
                return NotANumber(cell);
            case CellKind.Numbers:
                return WriteNumbers(json, column.Key, cell);
            case CellKind.NumbersByName:
            case CellKind.TextsByName:
                return WritePairs(json, column, cell);
            default:
                return WriteAmount(json, column.Key, cell);
        }
    }

    private static string? WriteNumbers(Utf8JsonWriter json, string key, ReadOnlySpan<char> cell)
    {
        foreach (Range range in cell.Split(';'))
        {
            if (!Number.IsMatch(cell[range].Trim(' ')))
            {
                return $"{NotANumber(cell[range])} Between two numbers stands a semicolon: 32768;65535.";
            }
        }

        json.WriteStartArray(key);
        foreach (Range range in cell.Split(';'))
        {
            json.WriteRawValue(cell[range].Trim(' '), skipInputValidation: true);
        }

        json.WriteEndArray();
        return null;
    }

    private static string? WritePairs(Utf8JsonWriter json, PointColumn column, ReadOnlySpan<char> cell)
    {
        List<KeyValuePair<string, string>> pairs = [];
        bool areNumbers = column.Kind is CellKind.NumbersByName;
        if (!PairText.TryRead(cell, pairs))
        {
            return $"{Shown(cell)} has not the form {(areNumbers ? "min=0;max=100" : "0=off;1=on")}.";
        }

        if (areNumbers && pairs.Find(pair => !Number.IsMatch(pair.Value)) is { Key: not null } wrong)
        {
            return NotANumber(wrong.Value);
        }

        json.WriteStartObject(column.Key);
        foreach ((string name, string text) in pairs)
        {
            json.WritePropertyName(name);
            if (areNumbers)
            {
                json.WriteRawValue(text, skipInputValidation: true);
            }
            else
            {
                json.WriteStringValue(text);
            }
        }

        json.WriteEndObject();
        return null;
    }

    private static string? WriteAmount(Utf8JsonWriter json, string key, ReadOnlySpan<char> cell)
    {
        bool isPercentage = cell.EndsWith("%", StringComparison.Ordinal);
        if (!Number.IsMatch(isPercentage ? cell[..^1] : cell))
        {
            return $"{Shown(cell)} is neither a number nor a percentage such as 2%.";
        }

        if (isPercentage)
        {
            json.WriteString(key, cell);
        }
        else
        {
            json.WritePropertyName(key);
            json.WriteRawValue(cell, skipInputValidation: true);
        }

        return null;
    }

    private static string NotANumber(ReadOnlySpan<char> cell) =>
        $"{Shown(cell)} is not a number{(cell.Contains(',') ? ": the decimal sign is a point." : ".")}";

    private static string Shown(ReadOnlySpan<char> cell) => cell.Length <= MaxShownLength ? $"\"{cell}\"" : $"\"{cell[..MaxShownLength]}…\"";

    // The grammar of JSON, so that a cell goes into the document with each of its digits.
    [GeneratedRegex(@"\A-?(0|[1-9][0-9]*)\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WholeNumber { get; }

    [GeneratedRegex(@"\A-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number { get; }
}
