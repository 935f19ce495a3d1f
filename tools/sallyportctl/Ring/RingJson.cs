using System.Collections.Immutable;
using System.Text.Json;
using Sallyport.SealedRing.Inspection;
using Sallyport.SealedRing.Keys;

namespace Sallyport.Ctl.Ring;

/// <summary>What a ring says of itself, for machines.</summary>
internal static class RingJson
{
    /// <summary>Writes the members.</summary>
    public static void Write(Utf8JsonWriter json, RingFindings findings, ImmutableArray<string> problems)
    {
        json.WriteString("ring", RingWords.IdOf(findings.Buffer));
        json.WriteString("made", findings.Created);
        json.WriteNumber("bytes", findings.DeviceBytes);
        json.WriteNumber("blocks", findings.Geometry.Blocks);
        json.WriteNumber("pageBlocks", findings.Geometry.RingBlocks);
        json.WriteNumber("tailBlocks", findings.Geometry.SnapshotBlocks);
        json.WriteNumber("generation", findings.Generation);
        json.WriteBoolean("wiping", findings.IsWiping);
        json.WriteStartArray("keySlots");
        foreach (KeySlotKind slot in findings.Slots)
        {
            json.WriteStringValue(RingWords.For(slot));
        }

        json.WriteEndArray();
        Write(json, "pages", findings.Pages);
        Write(json, "waiting", findings.Waiting);
        json.WriteNumber("openPages", findings.Snapshots);
        json.WriteNumber("gapPages", findings.GapPages);
        json.WriteNumber("lost", findings.Lost);
        WriteAll(json, "epochs", findings.Epochs, epoch =>
        {
            json.WriteNumber("epoch", epoch.Number);
            json.WriteNumber("pages", epoch.Pages);
            json.WriteNumber("firstPage", epoch.FirstPage);
            json.WriteNumber("lastPage", epoch.LastPage);
        });
        WriteAll(json, "states", findings.States, state =>
        {
            json.WriteNumber("slot", state.Slot);
            json.WriteNumber("generation", state.Generation);
            json.WriteNumber("epoch", state.Epoch);
        });
        WriteAll(json, "holes", findings.Holes, hole =>
        {
            json.WriteNumber("firstSeq", hole.FirstSeq);
            json.WriteNumber("lastSeq", hole.LastSeq);
        });
        Write(json, findings.Flaws);
        json.WriteStartArray("problems");
        foreach (string problem in problems)
        {
            json.WriteStringValue(problem);
        }

        json.WriteEndArray();
    }

    /// <summary>Writes the bad pages by flaw.</summary>
    public static void Write(Utf8JsonWriter json, ImmutableSortedDictionary<PageFlaw, int> flaws)
    {
        json.WriteStartObject("badPages");
        foreach ((PageFlaw flaw, int count) in flaws)
        {
            json.WriteNumber(RingWords.For(flaw), count);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, PageSpan span)
    {
        json.WriteStartObject(name);
        json.WriteNumber("pages", span.Count);
        json.WriteNumber("records", span.Records);
        json.WriteNumber("firstPage", span.FirstPage);
        json.WriteNumber("lastPage", span.LastPage);
        json.WriteNumber("firstSeq", span.FirstSeq);
        json.WriteNumber("lastSeq", span.LastSeq);
        json.WriteEndObject();
    }

    private static void WriteAll<T>(Utf8JsonWriter json, string name, ImmutableArray<T> items, Action<T> writeMembers)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            json.WriteStartObject();
            writeMembers(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
