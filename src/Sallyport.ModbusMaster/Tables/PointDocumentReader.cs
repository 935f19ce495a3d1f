using System.Globalization;
using System.Text.Json;

namespace Sallyport.ModbusMaster.Tables;

/// <summary>Reads a points file that is JSON: the object that would stand under <c>/points</c>. Notes the line of each point. Pure.</summary>
public static class PointDocumentReader
{
    private const int DeviceDepth = 1;
    private const int PointDepth = 2;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Reads a file.</summary>
    public static PointTableReading Read(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Length > PointTableReader.MaxSizeInBytes)
        {
            return Refused(1, null, string.Create(
                CultureInfo.InvariantCulture, $"The file has {utf8.Length} bytes; at most {PointTableReader.MaxSizeInBytes} are possible."));
        }

        ReadOnlyMemory<byte> text = utf8.Span.StartsWith(ByteOrderMark) ? utf8[ByteOrderMark.Length..] : utf8;
        try
        {
            return Scan(text);
        }
        catch (JsonException e)
        {
            return Refused((int)(e.LineNumber ?? 0) + 1, null, "It is not JSON.");
        }
        catch (InvalidOperationException)
        {
            // A name with half a surrogate pair, which is JSON and yet no text.
            return Refused(1, null, "A name in it is no text.");
        }
    }

    private static PointTableReading Scan(ReadOnlyMemory<byte> text)
    {
        var devices = new Dictionary<string, TableDevice>(StringComparer.Ordinal);
        var json = new Utf8JsonReader(text.Span);
        (string deviceName, int line, int counted) = ("", 1, 0);
        while (json.Read())
        {
            if (json.CurrentDepth is 0 && json.TokenType is not (JsonTokenType.StartObject or JsonTokenType.EndObject))
            {
                return Refused(1, null, "The file is not an object of devices.");
            }

            if (json.TokenType is not JsonTokenType.PropertyName || json.CurrentDepth > PointDepth)
            {
                continue;
            }

            int start = (int)json.TokenStartIndex;
            line += text.Span[counted..start].Count((byte)'\n');
            counted = start;
            string name = json.GetString()!;
            if (json.CurrentDepth is DeviceDepth)
            {
                deviceName = name;
                if (!devices.TryAdd(name, new TableDevice(line)))
                {
                    return Refused(line, "/" + name, string.Create(CultureInfo.InvariantCulture, $"The device stands in line {devices[name].FirstLine} already."));
                }
            }
            else if (!devices[deviceName].Lines.TryAdd(name, line))
            {
                return Refused(line, $"/{deviceName}/{name}", string.Create(
                    CultureInfo.InvariantCulture, $"The point stands in line {devices[deviceName].Lines[name]} already."));
            }
        }

        var table = new PointTable(text, devices, hasColumns: false);
        return table.Count <= PointTableReader.MaxPoints
            ? new PointTableReading.Read(table)
            : Refused(1, null, string.Create(CultureInfo.InvariantCulture, $"A file has at most {PointTableReader.MaxPoints} points."));
    }

    private static PointTableReading.Refused Refused(int line, string? place, string reason) => new([new TableFault(line, place, reason)]);
}
