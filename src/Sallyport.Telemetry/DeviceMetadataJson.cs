using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Sallyport.Telemetry.Json;

namespace Sallyport.Telemetry;

/// <summary>Metadata as JSON; docs/formats/metadata-1.schema.json.</summary>
public static class DeviceMetadataJson
{
    private const int HeaderInBytes = 256;
    private const int PointInBytes = 128;

    /// <summary>Encodes metadata.</summary>
    public static byte[] Encode(DeviceMetadata metadata) =>
        JsonOutput.Encode(metadata, WriteMembers, HeaderInBytes + (metadata.Points.Length * PointInBytes));

    /// <summary>Reads one metadata message. False for anything but exactly one; never throws on hostile bytes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> json, [NotNullWhen(true)] out DeviceMetadata? metadata)
    {
        metadata = StrictJson.Read(json, Read);
        return metadata is not null;
    }

    private static void WriteMembers(Utf8JsonWriter writer, DeviceMetadata metadata)
    {
        writer.WriteString("schema", DeviceMetadata.Schema);
        writer.WriteString("source", metadata.Source);
        writer.WriteString("protocol", metadata.Protocol);
        writer.WriteString("session", metadata.Session);
        writer.WriteString("cfg", metadata.ConfigurationHash);
        if (metadata.Identity is { IsEmpty: false } identity)
        {
            writer.WritePropertyName("identity");
            DeviceIdentityJson.Write(writer, identity);
        }

        writer.WriteStartArray("points");
        foreach (PointMetadata point in metadata.Points)
        {
            writer.WriteStartObject();
            writer.WriteString("name", point.Name);
            writer.WriteString("group", point.Group);
            writer.WriteString("type", point.Type);
            writer.WriteOptional("table", point.Table);
            writer.WriteString("address", point.Address);
            writer.WriteOptional("unit", point.Unit);
            writer.WriteOptional("order", point.Order);
            writer.WriteOptional("scale", point.Scale);
            writer.WriteOptional("offset", point.Offset);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static DeviceMetadata? Read(JsonElement element)
    {
        var members = new StrictObject(element);
        members.Schema(DeviceMetadata.Schema);
        var metadata = new DeviceMetadata(
            members.Text("source"),
            members.Text("protocol"),
            members.Text("session"),
            members.Text("cfg"),
            members.Items("points", ReadPoint))
        {
            Identity = members.OptionalObject("identity", DeviceIdentityJson.Read),
        };
        return members.IsSound ? metadata : null;
    }

    private static PointMetadata? ReadPoint(JsonElement element)
    {
        var members = new StrictObject(element);
        var point = new PointMetadata(
            members.Text("name"),
            members.Text("group"),
            members.Text("type"),
            members.OptionalText("table"),
            members.Text("address"),
            members.OptionalText("unit"),
            members.OptionalText("order"),
            members.OptionalNumber("scale"),
            members.OptionalNumber("offset"));
        return members.IsSound ? point : null;
    }
}
