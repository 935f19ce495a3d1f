using System.Text.Json;
using Sallyport.Telemetry.Json;

namespace Sallyport.Telemetry;

/// <summary>A frame as JSON; docs/formats/frame-1.schema.json.</summary>
public static class FrameJson
{
    private const int HeaderInBytes = 256;
    private const int PointInBytes = 64;

    /// <summary>Encodes a frame of any size: whoever makes frames compares the length with <see cref="Frame.MaxEncodedBytes"/>.</summary>
    /// <remarks>Readers use <see cref="FrameEncoder"/>, which gives the same bytes and knows when a frame is full.</remarks>
    public static byte[] Encode(Frame frame) =>
        JsonOutput.Encode(frame, WriteMembers, HeaderInBytes + (frame.Points.Length * PointInBytes));

    internal static void WriteHead(Utf8JsonWriter writer, FrameHead head, FrameKind kind, long seq, DateTimeOffset timestamp)
    {
        writer.WriteString("schema", Frame.Schema);
        writer.WriteString("source", head.Source);
        writer.WriteString("protocol", head.Protocol);
        writer.WriteString("group", head.Group);
        writer.WriteString("frame", Words.FrameKinds.WordFor(kind));
        writer.WriteString("session", head.Session);
        writer.WriteNumber("seq", seq);
        writer.WriteInstant("timestamp", timestamp);
        writer.WriteStartArray("points");
    }

    internal static void WritePoint(Utf8JsonWriter writer, Point point)
    {
        writer.WriteStartObject();
        writer.WriteString("n", point.Name);
        if (point.Value is { } value)
        {
            writer.WritePointValue("v", value);
            WriteOffset(writer, point);
        }
        else
        {
            WriteOffset(writer, point);
            writer.WriteNumber("q", point.Status.Value);
            writer.WriteString("qs", point.Status.Symbol);
            writer.WriteOptional("x", point.Reason);
            if (point is { LastValue: { } last, LastAt: { } lastAt })
            {
                writer.WritePointValue("lv", last);
                writer.WriteInstant("lt", lastAt);
            }
        }

        writer.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter writer, Frame frame)
    {
        var head = new FrameHead(frame.Session, frame.Source, frame.Protocol, frame.Group, configurationHash: "");
        WriteHead(writer, head, frame.Kind, frame.Seq, frame.Timestamp);
        foreach (Point point in frame.Points)
        {
            WritePoint(writer, point);
        }

        writer.WriteEndArray();
    }

    private static void WriteOffset(Utf8JsonWriter writer, Point point)
    {
        if (point.OffsetInMilliseconds > 0)
        {
            writer.WriteNumber("t", point.OffsetInMilliseconds);
        }
    }
}
