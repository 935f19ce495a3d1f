using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Sallyport.Telemetry.Json;

namespace Sallyport.Telemetry;

/// <summary>A gap record as JSON; docs/formats/gap-1.schema.json.</summary>
public static class GapRecordJson
{
    private const int ExpectedSize = 256;

    /// <summary>Encodes a gap record.</summary>
    public static byte[] Encode(GapRecord gap) => JsonOutput.Encode(gap, WriteMembers, ExpectedSize);

    /// <summary>Reads one gap record. False for anything but exactly one; never throws on hostile bytes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> json, [NotNullWhen(true)] out GapRecord? gap)
    {
        gap = StrictJson.Read(json, Read);
        return gap is not null;
    }

    private static void WriteMembers(Utf8JsonWriter writer, GapRecord gap)
    {
        writer.WriteString("schema", GapRecord.Schema);
        writer.WriteString("reason", Words.GapReasons.WordFor(gap.Reason));
        if (gap.Origin is { } origin)
        {
            writer.WriteString("session", origin.Session);
            writer.WriteString("source", origin.Source);
            writer.WriteString("group", origin.Group);
        }

        writer.WriteNumber("firstSeq", gap.FirstSeq);
        writer.WriteNumber("lastSeq", gap.LastSeq);
        writer.WriteNumber("count", gap.Count);
    }

    private static GapRecord? Read(JsonElement element)
    {
        var members = new StrictObject(element);
        members.Schema(GapRecord.Schema);
        var gap = new GapRecord(
            members.Word("reason", Words.GapReasons),
            members.Count("firstSeq"),
            members.Count("lastSeq"),
            members.Count("count"),
            ReadOrigin(members));
        members.Require(gap.Count >= 1 || IsOfRing(gap));
        members.Require(gap.LastSeq >= gap.FirstSeq && gap.Count <= gap.LastSeq - gap.FirstSeq + 1);
        return members.IsSound ? gap : null;
    }

    private static bool IsOfRing(GapRecord gap) => gap is { Origin: null, Reason: not GapReason.OutboxFull };

    private static GapOrigin? ReadOrigin(StrictObject members)
    {
        var session = members.OptionalText("session");
        var source = members.OptionalText("source");
        var group = members.OptionalText("group");
        if (session is null && source is null && group is null)
        {
            return null;
        }

        members.Require(session is not null && source is not null && group is not null);
        return new GapOrigin(session ?? "", source ?? "", group ?? "");
    }
}
