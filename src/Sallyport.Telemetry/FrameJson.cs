using System.Text.Json;
using Sallyport.Telemetry.Json;

namespace Sallyport.Telemetry;

/// <summary>A frame as JSON; docs/formats/frame-1.schema.json.</summary>
public static class FrameJson
{
    private const int HeaderInBytes = 256;
    private const int PointInBytes = 64;

    /// <summary>Encodes a frame of any size: whoever makes frames compares the length with <see cref="Frame.MaxEncodedBytes"/>.</summary>
    public static byte[] Encode(Frame frame) =>
        JsonOutput.Encode(frame, WriteMembers, HeaderInBytes + (frame.Points.Length * PointInBytes));

    private static void WriteMembers(Utf8JsonWriter writer, Frame frame)
    {
        writer.WriteString("schema", Frame.Schema);
        writer.WriteString("source", frame.Source);
        writer.WriteString("protocol", frame.Protocol);
        writer.WriteString("group", frame.Group);
        writer.WriteString("frame", Words.FrameKinds.WordFor(frame.Kind));
        writer.WriteString("session", frame.Session);
        writer.WriteNumber("seq", frame.Seq);
        writer.WriteInstant("timestamp", frame.Timestamp);
        writer.WriteStartArray("points");
        foreach (Point point in frame.Points)
        {
            WritePoint(writer, point);
        }

        writer.WriteEndArray();
    }

    private static void WritePoint(Utf8JsonWriter writer, Point point)
    {
        writer.WriteStartObject();
        writer.WriteString("n", point.Name);
        if (point.Value is { } value)
        {
            writer.WritePointValue("v", value);
        }
        else
        {
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
}
