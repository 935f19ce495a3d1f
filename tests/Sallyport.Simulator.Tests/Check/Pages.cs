using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Sallyport.Simulator.Check;
using Sallyport.Simulator.Plant;
using Sallyport.Telemetry;

namespace Sallyport.Simulator.Tests.Check;

/// <summary>Makes what a ring would send, page by page, with numbers that go on by themselves unless a test says otherwise.</summary>
internal sealed class Pages
{
    public const string Buffer = "buffer-1";
    public const string Session = "01JD3S0000000000000000000A";
    public const string Source = "chiller-1";
    public const string Group = "fast";
    public const string PointName = "scan";

    public static readonly PlantPoint At = new PlantPoint.HoldingRegister(1, 8);
    public static readonly UniquePoint Unique = new(Source, Group, PointName, At);
    public static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private long _page;
    private long _seq;
    private long _lost;

    /// <summary>The plant's list: values 101, 102, … of the one point.</summary>
    public static ImmutableArray<ServedValue> Served(int count) =>
        [.. Enumerable.Range(0, count).Select(order => new ServedValue(At, order, (uint)(101 + order)))];

    /// <summary>A frame whose unique point is good with this value, or bad without one.</summary>
    public static byte[] Frame(long seq, uint? value, string session = Session, string source = Source) => FrameJson.Encode(new(
        source,
        "modbus-tcp",
        Group,
        FrameKind.Key,
        session,
        seq,
        Noon.AddSeconds(seq),
        [
            value is { } number ? Point.Good(PointName, PointValue.FromUInt64(number)) : Point.Bad(PointName, StatusCode.BadTimeout, "timeout"),
            Point.Good("other", PointValue.FromBoolean(true)),
        ]));

    public static byte[] RingGap(GapReason reason, long first, long last, long count) => GapRecordJson.Encode(new(reason, first, last, count));

    public static byte[] ReaderGap(long first, long last, long count) =>
        GapRecordJson.Encode(new(GapReason.OutboxFull, first, last, count, new(Session, Source, Group)));

    /// <summary>The next page.</summary>
    public Arrival Page(params ReadOnlySpan<byte[]> records)
    {
        foreach (var record in records)
        {
            _lost += GapRecordJson.TryRead(record, out var gap) && gap.Origin is null ? gap.Count : 0;
        }

        var page = Of(_page, _seq, _lost, records);
        (_page, _seq) = (_page + 1, _seq + records.Length);
        return page;
    }

    /// <summary>Leaves out pages and records, as an eviction does.</summary>
    public Pages Skip(long pages, long records)
    {
        (_page, _seq) = (_page + pages, _seq + records);
        return this;
    }

    public static Arrival Of(long page, long seq, long lost, params ReadOnlySpan<byte[]> records)
    {
        ReadOnlyMemory<byte>[] slices = [.. records.ToArray().Select(record => (ReadOnlyMemory<byte>)record)];
        return new(
            new()
            {
                MessageId = $"{Buffer}-{page}",
                Body = BatchBody.Join(slices),
                Properties = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    [MessageProperties.Schema] = BatchBody.Schema,
                    [MessageProperties.MessageType] = MessageType.Telemetry.Name,
                    [MessageProperties.Source] = "SecureBuffer",
                    [MessageProperties.Buffer] = Buffer,
                    [MessageProperties.Epoch] = "1:E1:0",
                    [MessageProperties.Page] = Text(page),
                    [MessageProperties.Sequence] = Text(seq),
                    [MessageProperties.Count] = Text(records.Length),
                    [MessageProperties.Lost] = Text(lost),
                }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase),
            },
            Noon.AddSeconds(60 + page));
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
