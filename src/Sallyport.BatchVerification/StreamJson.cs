using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Sallyport.SealedRing.Format;
using Sallyport.Telemetry;

namespace Sallyport.BatchVerification;

/// <summary>What is known of one ring, as JSON. Reading throws what a <see cref="JsonElement"/> throws, or <see cref="FormatException"/>, for anything that was not written here.</summary>
internal static class StreamJson
{
    private const long Most = 1L << 62;

    public static void Write(Utf8JsonWriter json, UInt128 ring, BatchStream stream)
    {
        StreamTally tally = stream.Tally;
        RecordNumbers numbers = stream.Numbers;
        json.WriteStartObject();
        json.WriteString("ring", Hex(ring));
        json.WriteString("lane", stream.Lane);
        WriteRow(json, "tally", [tally.Batches, tally.Records, tally.Duplicates, tally.Reordered, tally.Forks, tally.LostTold, tally.ClockSteps]);
        CheckpointTally signed = tally.Checkpoints;
        WriteRow(json, "checkpoints", [signed.Good, signed.Bad, signed.Page, signed.LastRecord, signed.SignedWallMs]);
        WriteRow(json, "settled", [numbers.SettledTo, .. numbers.Settled]);
        WriteRow(json, "forgotten", [stream.Epochs.Forgotten, stream.Pages.Forgotten]);
        WriteRow(json, "first", numbers.First is { } first ? [first] : []);
        WriteRanges(json, "sealed", numbers.Sealed);
        WriteRanges(json, "recovered", numbers.Recovered);
        WriteRanges(json, "arrived", numbers.Arrived);
        WriteRows(json, "epochs", stream.Epochs.All, (epoch, row) =>
        {
            json.WriteStringValue(Hex(epoch.Epoch.Id));
            Array.ForEach([epoch.Epoch.Number, epoch.Epoch.FirstPage, epoch.LastPage, epoch.FirstSeq, epoch.LastSeq], row);
        });
        WriteRows(json, "pages", stream.Pages.All, (page, row) =>
        {
            json.WriteStringValue(Convert.ToHexStringLower([.. page.PreviousMac, .. page.Mac, .. page.Print]));
            Array.ForEach([page.Page, page.Epoch, page.Lost], row);
        });
        WriteRows(json, "gaps", numbers.Gaps, (gap, row) =>
        {
            json.WriteStringValue(gap.Reason.ToString());
            Array.ForEach([gap.Range.First, gap.Range.Last, gap.Room], row);
        });
        json.WriteEndObject();
    }

    public static (UInt128 Ring, BatchStream Stream) Read(JsonElement element, bool isExcerpt)
    {
        var stream = new BatchStream(element.GetProperty("lane").GetString()!, isExcerpt);
        RecordNumbers numbers = stream.Numbers;
        long[] tally = ReadRow(element.GetProperty("tally"));
        (stream.Tally.Batches, stream.Tally.Records, stream.Tally.Duplicates) = (tally[0], tally[1], tally[2]);
        (stream.Tally.Reordered, stream.Tally.Forks, stream.Tally.LostTold) = (tally[3], tally[4], tally[5]);
        stream.Tally.ClockSteps = tally[6];
        long[] signed = ReadRow(element.GetProperty("checkpoints"));
        stream.Tally.Checkpoints = new CheckpointTally(signed[0], signed[1], signed[2], signed[3], signed[4]);
        long[] settled = ReadRow(element.GetProperty("settled"));
        Require(stream.Lane is not null && settled.Length == 1 + numbers.Settled.Length);
        numbers.SettledTo = settled[0];
        settled[1..].CopyTo(numbers.Settled);
        long[] forgotten = ReadRow(element.GetProperty("forgotten"));
        stream.Epochs.Forget(forgotten[0]);
        stream.Pages.Forget(forgotten[1]);
        numbers.First = ReadRow(element.GetProperty("first")) is [var first] ? first : null;
        ReadRanges(element.GetProperty("sealed"), numbers.Sealed);
        ReadRanges(element.GetProperty("recovered"), numbers.Recovered);
        ReadRanges(element.GetProperty("arrived"), numbers.Arrived);
        foreach (JsonElement row in element.GetProperty("epochs").EnumerateArray())
        {
            var epoch = new Epoch(Number(row[1]), Identity(row[0].GetString()!), Number(row[2]));
            stream.Epochs.Add(new KnownEpoch(epoch, Number(row[3]), Number(row[4]), Number(row[5])));
        }

        foreach (JsonElement row in element.GetProperty("pages").EnumerateArray())
        {
            ImmutableArray<byte> macs = [.. Convert.FromHexString(row[0].GetString()!)];
            const int Size = BatchFields.MacSize;
            Require(macs.Length == 3 * Size);
            stream.Pages.Add(new RememberedPage(Number(row[1]), Number(row[2]), Number(row[3]), macs[..Size], macs[Size..(2 * Size)], macs[(2 * Size)..]));
        }

        foreach (JsonElement row in element.GetProperty("gaps").EnumerateArray())
        {
            Require(Enum.TryParse(row[0].GetString(), out GapReason reason) && Enum.IsDefined(reason));
            numbers.Gaps.Add(new KnownGap(reason, Range(Number(row[1]), Number(row[2])), Number(row[3])));
        }

        return (Identity(element.GetProperty("ring").GetString()!), stream);
    }

    public static string Hex(UInt128 identity) => identity.ToString("x32", CultureInfo.InvariantCulture);

    public static UInt128 Identity(string text) => UInt128.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    public static long Number(JsonElement element)
    {
        long number = element.GetInt64();
        Require(number is >= -1 and <= Most);
        return number;
    }

    private static NumberRange Range(long first, long last)
    {
        Require(first >= 0 && first <= last);
        return new NumberRange(first, last);
    }

    private static void Require(bool condition)
    {
        if (!condition)
        {
            throw new FormatException("This is no state of a verifier.");
        }
    }

    private static long[] ReadRow(JsonElement row) => [.. row.EnumerateArray().Select(Number)];

    private static void ReadRanges(JsonElement row, NumberSet set)
    {
        foreach (long[] ends in ReadRow(row).Chunk(2))
        {
            set.Add(Range(ends[0], ends[1]));
        }
    }

    private static void WriteRow(Utf8JsonWriter json, string name, ReadOnlySpan<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (long number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }

    private static void WriteRanges(Utf8JsonWriter json, string name, NumberSet set) =>
        WriteRow(json, name, [.. set.Ranges.SelectMany(range => (long[])[range.First, range.Last])]);

    private static void WriteRows<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T, Action<long>> write)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            json.WriteStartArray();
            write(item, json.WriteNumberValue);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
