using System.Collections.Immutable;
using CsCheck;

namespace Sallyport.Telemetry.Tests;

/// <summary>Generators of everything that can be said.</summary>
internal static class Any
{
    private static readonly StatusCode[] BadCodes =
    [
        StatusCode.BadTimeout,
        StatusCode.BadOutOfRange,
        StatusCode.BadNodeIdUnknown,
        StatusCode.UncertainLastUsableValue,
        new(0x80AB0000),
        new(0xFFFFFFFF),
    ];

    private static readonly DateTimeOffset Epoch = new(2026, 11, 22, 10, 15, 0, TimeSpan.Zero);

    /// <summary>One of these.</summary>
    public static Gen<T> Of<T>(params T[] all) => Gen.Int[0, all.Length - 1].Select(at => all[at]);

    public static Gen<string> Text { get; } = Gen.OneOf(
        Gen.String[Gen.Char.AlphaNumeric, 1, 24],
        Of("Kühlgerät 1", "a\"b\\c", "tab\there", "<&+'>", "温度", "😀", "a:b", new string('x', 200)));

    private static Gen<double> Number { get; } = Gen.Double.Where(double.IsFinite);

    public static Gen<DateTimeOffset> Instant { get; } =
        Gen.Long[0, TimeSpan.TicksPerDay * 10_000].Select(ticks => Epoch.AddTicks(ticks));

    public static Gen<string> Session { get; } =
        Gen.Select(Instant, Gen.Byte.Array[10]).Select((at, random) => SessionId.New(new StoppedClock(at), random.CopyTo));

    public static Gen<PointValue> Value { get; } = Gen.OneOf(
        Gen.Bool.Select(PointValue.FromBoolean),
        Gen.Long.Select(PointValue.FromInt64),
        Gen.Int.Select(value => PointValue.FromInt64(value)),
        Gen.ULong.Select(PointValue.FromUInt64),
        Gen.Float.Select(PointValue.FromSingle),
        Gen.Double.Select(PointValue.FromDouble),
        Text.Select(PointValue.FromText));

    public static Gen<TimeSpan> Offset { get; } = Gen.OneOf(
        Gen.Const(TimeSpan.Zero),
        Gen.Int[0, int.MaxValue].Select(milliseconds => TimeSpan.FromMilliseconds(milliseconds)));

    public static Gen<Point> Point { get; } = Gen.OneOf(
        Gen.Select(Text, Value, Offset).Select((name, value, offset) => Telemetry.Point.Good(name, value, offset)),
        Gen.Select(Text, Of(BadCodes), Text, Value.Nullable(), Instant.Nullable(), Offset)
            .Select((name, status, reason, last, lastAt, offset) => Telemetry.Point.Bad(name, status, reason, last, lastAt, offset)));

    public static Gen<Frame> Frame { get; } =
        Gen.Select(Text, Text, Text, Gen.Enum<FrameKind>(), Session, Gen.Long[0, 1L << 53], Instant, Point.Array[0, 20])
            .Select((source, protocol, group, kind, session, seq, at, points) =>
                new Frame(source, protocol, group, kind, session, seq, at, [.. points]));

    public static Gen<DeviceStatus> Status { get; } =
        Gen.Select(Text, Text, Session, Gen.Enum<DeviceState>(), Instant, Text.Null(), Gen.Int[0, int.MaxValue], Instant.Nullable())
            .Select((source, protocol, session, state, since, reason, failures, retry) =>
                new DeviceStatus(source, protocol, session, state, since, reason, failures, retry));

    private static Gen<PointMetadata> PointMetadata { get; } =
        Gen.Select(Gen.Select(Text, Text, Text, Text.Null(), Text, Text.Null()), Gen.Select(Text.Null(), Number.Nullable(), Number.Nullable()))
            .Select((place, form) => new PointMetadata(
                place.Item1, place.Item2, place.Item3, place.Item4, place.Item5, place.Item6, form.Item1, form.Item2, form.Item3));

    private static Gen<DeviceIdentity> Identity { get; } =
        Gen.Select(Text, Text.Null(), Text.Null(), Text.Null(), Text.Null(), Text.Null())
            .Select((vendor, code, revision, url, product, model) => new DeviceIdentity(vendor, code, revision, url, product, model));

    public static Gen<DeviceMetadata> Metadata { get; } =
        Gen.Select(Text, Text, Session, Text, Identity.Null(), PointMetadata.Array[0, 10])
            .Select((source, protocol, session, cfg, identity, points) =>
                new DeviceMetadata(source, protocol, session, cfg, [.. points]) { Identity = identity });

    public static Gen<GapRecord> Gap { get; } =
        Gen.Select(Gen.Enum<GapReason>(), Gen.Long[0, 1L << 52], Gen.Long[1, 1000], Gen.Select(Session, Text, Text).Nullable(), Gen.Bool)
            .Select((reason, first, count, origin, isUnknown) => new GapRecord(
                reason,
                first,
                first + count - 1,
                isUnknown && origin is null && reason != GapReason.OutboxFull ? 0 : count,
                origin is var (session, source, group) ? new GapOrigin(session, source, group) : null));

    public static Gen<SecurityEvent> Event { get; } =
        Gen.Select(
            Gen.Select(Session, Gen.Enum<EventKind>(), Instant, Text, Text, Gen.Enum<EventSeverity>(), Text.Null(), Text.Null()),
            Gen.Select(Gen.Int[0, 65535].Nullable(), Text.Null(), Gen.Enum<PostureResult>(), Text, Gen.Int[1000, 1999].Array[0, 3], Gen.Select(Text, Value).Array[0, 4]))
            .Select((head, tail) => new SecurityEvent
            {
                EventId = head.Item1,
                Kind = head.Item2,
                TimeGenerated = head.Item3,
                ModuleId = head.Item4,
                EventType = head.Item5,
                Severity = head.Item6,
                Title = head.Item7,
                SourceIp = head.Item8,
                DestinationPort = tail.Item1,
                Protocol = tail.Item2,
                Result = head.Item2 == EventKind.Posture ? tail.Item3 : null,
                CheckId = head.Item2 == EventKind.Posture ? tail.Item4 : null,
                Attack = [.. tail.Item5.Select(number => $"T{number}")],
                Details = ImmutableSortedDictionary.CreateRange(
                    StringComparer.Ordinal,
                    tail.Item6.DistinctBy(pair => pair.Item1, StringComparer.Ordinal)
                        .Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2))),
            });
}
