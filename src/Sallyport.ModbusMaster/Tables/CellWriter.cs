using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace Sallyport.ModbusMaster.Tables;

/// <summary>Writes the member of a point as a cell: the inverse of <see cref="CellReader"/>.</summary>
internal static class CellWriter
{
    /// <summary>The text of the cell, not yet quoted.</summary>
    /// <returns>False if a cell of this kind cannot hold the value.</returns>
    public static bool TryWrite(JsonElement value, CellKind kind, [NotNullWhen(true)] out string? cell)
    {
        cell = (kind, value.ValueKind) switch
        {
            (CellKind.Text or CellKind.Amount, JsonValueKind.String) => value.GetString(),
            (CellKind.WholeNumber or CellKind.Number or CellKind.Amount, JsonValueKind.Number) => value.GetRawText(),
            (CellKind.Numbers, JsonValueKind.Array) => Numbers(value),
            (CellKind.NumbersByName, JsonValueKind.Object) => Pairs(value, JsonValueKind.Number),
            (CellKind.TextsByName, JsonValueKind.Object) => Pairs(value, JsonValueKind.String),
            _ => null,
        };

        // An empty cell means that the key was left out.
        return !string.IsNullOrEmpty(cell);
    }

    private static string? Numbers(JsonElement list) => list.EnumerateArray().All(item => item.ValueKind is JsonValueKind.Number)
        ? string.Join(';', list.EnumerateArray().Select(item => item.GetRawText()))
        : null;

    private static string? Pairs(JsonElement members, JsonValueKind kind)
    {
        var cell = new StringBuilder();
        foreach (JsonProperty member in members.EnumerateObject())
        {
            if (member.Value.ValueKind != kind)
            {
                return null;
            }

            PairText.Append(cell, member.Name, kind is JsonValueKind.String ? member.Value.GetString()! : member.Value.GetRawText());
        }

        return cell.ToString();
    }
}
