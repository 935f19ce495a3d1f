using System.Buffers;
using System.Text.Json;
using Sallyport.Hosting;
using Sallyport.ModbusMaster.Tables;

namespace Sallyport.Ctl.Modbus;

/// <summary>A twin for points that have none: it has each unit and each group that they name, and the most obliging of each, so that
/// the module finds only what is wrong with the points themselves.</summary>
internal sealed class AssumedTwin
{
    private const string Connection = "assumed";
    private const string GroupKey = "group";

    private readonly PointTable _points;
    private readonly Dictionary<string, string> _places = new(StringComparer.Ordinal);

    /// <summary>Makes the twin.</summary>
    public AssumedTwin(PointTable points)
    {
        _points = points;
        var buffer = new ArrayBufferWriter<byte>(points.Json.Length);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteConnection(json);
            WriteUnits(json);
            WriteGroups(json, points.ToElement());
            json.WritePropertyName("points");
            json.WriteRawValue(points.Json.Span, skipInputValidation: true);
            json.WriteEndObject();
        }

        Desired = JsonElement.Parse(buffer.WrittenSpan);
    }

    /// <summary>The desired properties.</summary>
    public JsonElement Desired { get; }

    /// <summary>Where in the file of points a place of the twin comes from; the first line for what belongs to no point.</summary>
    public TableFault Locate(string pointer, string reason) =>
        _points.Locate(_places.GetValueOrDefault(pointer, pointer), reason) ?? new TableFault(1, null, reason);

    /// <summary>The same for a fault of the module.</summary>
    public TableFault Locate(PlanFault fault) => Locate(fault.Pointer, fault.Reason);

    private static void WriteConnection(Utf8JsonWriter json)
    {
        json.WriteStartObject("connections");
        json.WriteStartObject(Connection);
        json.WriteString("endpoint", "modbus-tcp://127.0.0.1");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteUnits(Utf8JsonWriter json)
    {
        json.WriteStartObject("units");
        foreach (string device in _points.Devices)
        {
            json.WriteStartObject(device);
            json.WriteString("connection", Connection);
            json.WriteNumber("unitId", 1);
            json.WriteEndObject();
            _places[$"/units/{Escape(device)}"] = $"/points/{Escape(device)}";
        }

        json.WriteEndObject();
    }

    private void WriteGroups(Utf8JsonWriter json, JsonElement points)
    {
        json.WriteStartObject("groups");
        foreach (JsonProperty device in Members(points))
        {
            foreach (JsonProperty point in Members(device.Value))
            {
                if (Members(point.Value).FirstOrDefault(member => member.NameEquals(GroupKey)).Value is { ValueKind: JsonValueKind.String } group
                    && group.GetString() is { Length: > 0 } name
                    && _places.TryAdd($"/groups/{Escape(name)}", $"/points/{Escape(device.Name)}/{Escape(point.Name)}/{GroupKey}"))
                {
                    json.WriteStartObject(name);
                    json.WriteNumber("intervalMs", 1000);
                    json.WriteString("report", "change");
                    json.WriteEndObject();
                }
            }
        }

        json.WriteEndObject();
    }

    private static IEnumerable<JsonProperty> Members(JsonElement element) =>
        element.ValueKind is JsonValueKind.Object ? element.EnumerateObject() : Enumerable.Empty<JsonProperty>();

    private static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
