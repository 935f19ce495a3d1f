using System.Buffers;
using System.Globalization;
using System.Text.Json;
using nietras.SeparatedValues;
using Sallyport.Hosting.Configuration;

namespace Sallyport.ModbusMaster.Tables;

/// <summary>Reads a points table: CSV as in RFC 4180, UTF-8, whose first line names the keys of a point, in any order.</summary>
/// <remarks>The format is described in docs/formats/points-table.md. Pure.</remarks>
public sealed class PointTableReader
{
    /// <summary>The largest file that is read, in bytes.</summary>
    public const int MaxSizeInBytes = 16 * 1024 * 1024;

    /// <summary>The most points in a file.</summary>
    public const int MaxPoints = 200_000;

    private readonly List<TableFault> _faults = [];
    private readonly Dictionary<string, TableDevice> _devices = new(StringComparer.Ordinal);
    private int _points;

    private PointTableReader()
    {
    }

    /// <summary>Reads a file.</summary>
    public static PointTableReading Read(ReadOnlyMemory<byte> csv)
    {
        TableFault? fault = csv.Length > MaxSizeInBytes
            ? new TableFault(1, null, string.Create(CultureInfo.InvariantCulture, $"The file has {csv.Length} bytes; at most {MaxSizeInBytes} are possible."))
            : CsvText.Judge(csv.Span);
        return fault is null ? new PointTableReader().ReadRows(csv) : new PointTableReading.Refused([fault]);
    }

    private PointTableReading ReadRows(ReadOnlyMemory<byte> csv)
    {
        using SepReader rows = CsvText.Open(csv);
        TableHeader? header = null;
        int next = 1;
        while (TryMoveNext(rows, next))
        {
            SepReader.Row row = rows.Current;
            int line = next;
            next = row.LineNumberToExcl;
            if (IsEmpty(row))
            {
                continue;
            }

            if (header is null)
            {
                header = TableHeader.Read(row, line, _faults);
            }
            else
            {
                ReadRow(row, line, header);
            }

            if (header is null || _faults.Count >= DesiredFaults.MaxFaults)
            {
                break;
            }
        }

        if (header is null && _faults.Count is 0)
        {
            _faults.Add(new TableFault(1, null, $"The file is empty; its first line has the titles of the columns: {PointColumns.Titles}."));
        }

        return _faults.Count is 0
            ? new PointTableReading.Read(new PointTable(Document(), _devices, hasColumns: true))
            : new PointTableReading.Refused([.. _faults]);
    }

    private bool TryMoveNext(SepReader rows, int line)
    {
        try
        {
            return rows.MoveNext();
        }
        catch (NotSupportedException)
        {
            // The parser's way to say that a row, which may have any number of lines in quotes, is as long as the largest file.
            _faults.Add(new TableFault(line, null, "The row has no end: a quote in it is not closed."));
            return false;
        }
    }

    private static bool IsEmpty(SepReader.Row row)
    {
        for (int i = 0; i < row.ColCount; i++)
        {
            if (row[i].Span.Length > 0)
            {
                return false;
            }
        }

        return true;
    }

    private void ReadRow(SepReader.Row row, int line, TableHeader header)
    {
        if (row.ColCount != header.Columns.Length)
        {
            _faults.Add(new TableFault(line, null, string.Create(
                CultureInfo.InvariantCulture, $"There are {row.ColCount} cells, and {header.Columns.Length} titles in the first line.")));
            return;
        }

        if (TryBegin(row, line, header, out TableDevice? device))
        {
            ReadMembers(row, line, header, device!);
        }
    }

    private bool TryBegin(SepReader.Row row, int line, TableHeader header, out TableDevice? device)
    {
        device = null;
        if (!TryText(row, header.Device, line, PointColumns.Device, out string deviceName) | !TryText(row, header.Name, line, PointColumns.Name, out string name))
        {
            return false;
        }

        if (!_devices.TryGetValue(deviceName, out device))
        {
            _devices.Add(deviceName, device = new TableDevice(line));
        }

        if (!device.Lines.TryAdd(name, line))
        {
            _faults.Add(new TableFault(line, TableFault.Column(PointColumns.Name), string.Create(
                CultureInfo.InvariantCulture, $"{deviceName} has a point {name} already, in line {device.Lines[name]}.")));
            return false;
        }

        if (++_points == MaxPoints + 1)
        {
            _faults.Add(new TableFault(line, null, string.Create(CultureInfo.InvariantCulture, $"A file has at most {MaxPoints} points.")));
        }

        device.Json.WriteStartObject(name);
        return true;
    }

    private bool TryText(SepReader.Row row, int column, int line, string title, out string text)
    {
        string? reason = CsvCell.Unquote(row[column].Span, out ReadOnlySpan<char> cell) ?? (cell.IsEmpty ? "It is missing." : null);
        text = cell.ToString();
        if (reason is not null)
        {
            _faults.Add(new TableFault(line, TableFault.Column(title), reason));
        }

        return reason is null;
    }

    private void ReadMembers(SepReader.Row row, int line, TableHeader header, TableDevice device)
    {
        for (int i = 0; i < header.Columns.Length; i++)
        {
            if (header.Columns[i] is not { } column)
            {
                continue;
            }

            string? reason = CsvCell.Unquote(row[i].Span, out ReadOnlySpan<char> cell);
            reason ??= cell.IsEmpty ? null : CellReader.Write(device.Json, column, cell);
            if (reason is not null)
            {
                _faults.Add(new TableFault(line, TableFault.Column(header.TitleOf(i)), reason));
            }
        }

        device.Json.WriteEndObject();
    }

    private ReadOnlyMemory<byte> Document()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach ((string name, TableDevice device) in _devices)
            {
                json.WritePropertyName(name);
                device.WriteTo(json);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
