using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Sallyport.Telemetry.Json;

namespace Sallyport.Telemetry;

/// <summary>Reads frames as strictly as they are written. Hostile bytes give false, never an exception.</summary>
public static class FrameReader
{
    /// <summary>Reads one frame. False for anything but exactly one, unknown and repeated members included.</summary>
    public static bool TryRead(ReadOnlySpan<byte> json, [NotNullWhen(true)] out Frame? frame)
    {
        frame = StrictJson.Read(json, Read);
        return frame is not null;
    }

    private static Frame? Read(JsonElement element)
    {
        var members = new StrictObject(element);
        members.Schema(Frame.Schema);
        var frame = new Frame(
            members.Text("source"),
            members.Text("protocol"),
            members.Text("group"),
            members.Word("frame", Words.FrameKinds),
            members.Text("session"),
            members.Count("seq"),
            members.Instant("timestamp"),
            members.Items("points", ReadPoint));
        return members.IsSound ? frame : null;
    }

    private static Point? ReadPoint(JsonElement element)
    {
        var members = new StrictObject(element);
        var name = members.Text("n");
        return members.OptionalValue("v") is { } value
            ? ReadGood(members, name, value)
            : ReadBad(members, name);
    }

    private static Point? ReadGood(StrictObject members, string name, PointValue value)
    {
        TimeSpan offset = ReadOffset(members);
        return members.IsSound ? Point.Good(name, value, offset) : null;
    }

    private static Point? ReadBad(StrictObject members, string name)
    {
        TimeSpan offset = ReadOffset(members);
        var status = new StatusCode((uint)(members.OptionalCount("q", uint.MaxValue) ?? 0));
        members.Require(!status.IsGood);
        members.Require(string.Equals(members.Text("qs"), status.Symbol, StringComparison.Ordinal));
        var reason = members.Text("x");
        PointValue? last = members.OptionalValue("lv");
        DateTimeOffset? lastAt = members.OptionalInstant("lt");
        members.Require(last.HasValue == lastAt.HasValue);
        return members.IsSound ? Point.Bad(name, status, reason, last, lastAt, offset) : null;
    }

    private static TimeSpan ReadOffset(StrictObject members)
    {
        long? milliseconds = members.OptionalCount("t", int.MaxValue);
        members.Require(milliseconds is not 0);
        return TimeSpan.FromMilliseconds(milliseconds ?? 0);
    }
}
