using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Sallyport.Hosting;
using Sallyport.Hosting.Configuration;

namespace Sallyport.ModbusMaster.Tables;

/// <summary>Writes the points of a plan document as a points table: the inverse of <see cref="PointTableReader"/>.</summary>
/// <remarks>Columns come in the order of <see cref="PointColumns.Keys"/>, those that no point has are left out; rows in the order of the document; lines end
/// with CR LF, as RFC 4180 has it.</remarks>
public static class PointTableWriter
{
    private const string LineEnd = "\r\n";

    /// <summary>Writes a table.</summary>
    /// <param name="points">The object that stands under <c>/points</c>.</param>
    /// <param name="output">Takes UTF-8 without byte order mark; nothing if there is a fault.</param>
    /// <returns>What a table cannot hold, with its pointer from the root of the desired properties; empty if all was written.</returns>
    public static ImmutableArray<PlanFault> Write(JsonElement points, IBufferWriter<byte> output)
    {
        var faults = new DesiredFaults();
        var rows = new List<PointRow>();
        foreach (JsonProperty device in Members(points, "/points", faults))
        {
            string devicePointer = $"/points/{Escape(device.Name)}";
            foreach (JsonProperty point in Members(device.Value, devicePointer, faults))
            {
                rows.Add(new PointRow(device.Name, point.Name, Cells(point.Value, $"{devicePointer}/{Escape(point.Name)}", faults)));
            }
        }

        if (faults.IsEmpty)
        {
            Write(rows, output);
        }

        return faults.ToImmutable();
    }

    private static Dictionary<string, string> Cells(JsonElement point, string pointer, DesiredFaults faults)
    {
        var cells = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (JsonProperty member in Members(point, pointer, faults))
        {
            if (!PointColumns.TryFind(member.Name, out PointColumn? column))
            {
                faults.Add($"{pointer}/{Escape(member.Name)}", "A points table has no column for this key.");
            }
            else if (!CellWriter.TryWrite(member.Value, column.Kind, out string? cell))
            {
                faults.Add($"{pointer}/{Escape(member.Name)}", $"This is empty, or not what the cells of the column hold: {column.Kind}.");
            }
            else
            {
                cells[member.Name] = cell;
            }
        }

        return cells;
    }

    private static JsonElement.ObjectEnumerator Members(JsonElement element, string pointer, DesiredFaults faults)
    {
        if (element.ValueKind is JsonValueKind.Object)
        {
            return element.EnumerateObject();
        }

        faults.Add(pointer, "This is not an object.");
        return default;
    }

    private static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private static void Write(List<PointRow> rows, IBufferWriter<byte> output)
    {
        ImmutableArray<string> keys =
            [.. PointColumns.Keys.Select(column => column.Key).Where(key => rows.Exists(row => row.Cells.ContainsKey(key)))];
        WriteLine(output, [PointColumns.Device, PointColumns.Name, .. keys]);
        foreach (PointRow row in rows)
        {
            WriteLine(output, [row.Device, row.Name, .. keys.Select(key => row.Cells.GetValueOrDefault(key, ""))]);
        }
    }

    private static void WriteLine(IBufferWriter<byte> output, IEnumerable<string> cells) =>
        Encoding.UTF8.GetBytes(string.Join(',', cells.Select(CsvCell.Quoted)) + LineEnd, output);

    private sealed record PointRow(string Device, string Name, Dictionary<string, string> Cells);
}
