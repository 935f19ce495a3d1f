using System.Collections.Immutable;
using System.Text;

namespace Sallyport.Telemetry.Tests;

/// <summary>Frames as the architecture and the fact sheets show them.</summary>
public sealed class FrameTests
{
    private const string Session = "01JD3S0A1B2C3D4E5F6G7H8J9K";

    private static readonly DateTimeOffset At = new DateTimeOffset(2026, 11, 22, 10, 15, 0, TimeSpan.Zero).AddTicks(1_234_567);

    [Fact]
    public void The_frame_of_the_architecture_page_is_written_as_it_stands_there()
    {
        var frame = new Frame("chiller-1", "modbus-tcp", "fast", FrameKind.Key, Session, 18231, At,
        [
            Point.Good("supply_temp", PointValue.FromSingle(7.25f)),
            Point.Good("pump_run", PointValue.FromBoolean(true)),
            Point.Bad("flow", StatusCode.BadTimeout, "timeout", PointValue.FromSingle(12.5f), new DateTimeOffset(2026, 11, 22, 10, 14, 58, TimeSpan.Zero)),
        ]);

        Assert.Equal(
            $$"""{"schema":"sallyport.frame/1","source":"chiller-1","protocol":"modbus-tcp","group":"fast","frame":"key","session":"{{Session}}","seq":18231,"timestamp":"2026-11-22T10:15:00.1234567Z","points":[{"n":"supply_temp","v":7.25},{"n":"pump_run","v":true},{"n":"flow","q":2148139008,"qs":"BadTimeout","x":"timeout","lv":12.5,"lt":"2026-11-22T10:14:58Z"}]}""",
            Encoding.UTF8.GetString(FrameJson.Encode(frame)));
        Assert.Equal(Quality.Bad, frame.WorstQuality);
    }

    [Fact]
    public void A_time_with_another_offset_is_written_in_UTC()
    {
        Frame frame = OfOne(Point.Good("a", PointValue.FromBoolean(true))) with { Timestamp = At.ToOffset(TimeSpan.FromHours(2)) };

        Assert.Contains("\"timestamp\":\"2026-11-22T10:15:00.1234567Z\"", Encoding.UTF8.GetString(FrameJson.Encode(frame)), StringComparison.Ordinal);
    }

    public static TheoryData<string, PointValue> Spellings() => new()
    {
        { "0.1", PointValue.FromSingle(0.1f) },
        { "-0", PointValue.FromSingle(-0f) },
        { "3.4028235E+38", PointValue.FromSingle(float.MaxValue) },
        { "1E-45", PointValue.FromSingle(float.Epsilon) },
        { "16777216", PointValue.FromSingle(16_777_216f) },
        { "0.1", PointValue.FromDouble(0.1) },
        { "-32768", PointValue.FromInt64(short.MinValue) },
        { "4294967295", PointValue.FromUInt64(uint.MaxValue) },
        { "9007199254740992", PointValue.FromInt64(1L << 53) },
        { "-9007199254740992", PointValue.FromInt64(-(1L << 53)) },
        { "\"9007199254740993\"", PointValue.FromInt64((1L << 53) + 1) },
        { "\"-9007199254740993\"", PointValue.FromInt64(-(1L << 53) - 1) },
        { "\"18446744073709551615\"", PointValue.FromUInt64(ulong.MaxValue) },
        { "\"Kühlgerät \\\"1\\\"\"", PointValue.FromText("Kühlgerät \"1\"") },
        { "false", default },
    };

    [Theory]
    [MemberData(nameof(Spellings))]
    public void A_value_is_spelled_in_one_way(string spelling, PointValue value) =>
        Assert.EndsWith($"\"points\":[{{\"n\":\"a\",\"v\":{spelling}}}]}}", Encoding.UTF8.GetString(FrameJson.Encode(OfOne(Point.Good("a", value)))), StringComparison.Ordinal);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_value_that_is_not_finite_is_out_of_range(double value)
    {
        Assert.Equal(StatusCode.BadOutOfRange, Point.Good("a", PointValue.FromDouble(value)).Status);
        Assert.Equal(StatusCode.BadOutOfRange, Point.Good("a", PointValue.FromSingle((float)value)).Status);
        Assert.Null(Point.Good("a", PointValue.FromDouble(value)).Value);
        Assert.Null(Point.Bad("a", StatusCode.BadTimeout, "timeout", PointValue.FromDouble(value), At).LastAt);
    }

    [Fact]
    public void A_last_value_without_its_own_time_is_not_told() =>
        Assert.Null(Point.Bad("a", StatusCode.BadTimeout, "timeout", PointValue.FromInt64(1)).LastValue);

    [Fact]
    public void A_point_without_a_value_cannot_be_good() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Point.Bad("a", StatusCode.Good, "none"));

    [Fact]
    public void The_worst_point_decides_the_quality_of_a_frame()
    {
        Point good = Point.Good("a", default);
        Point uncertain = Point.Bad("b", StatusCode.UncertainLastUsableValue, "stale");
        Point bad = Point.Bad("c", StatusCode.BadTimeout, "timeout");

        Assert.Equal(Quality.Good, OfOne(good).WorstQuality);
        Assert.Equal(Quality.Good, (OfOne(good) with { Points = [] }).WorstQuality);
        Assert.Equal(Quality.Uncertain, (OfOne(good) with { Points = [good, uncertain] }).WorstQuality);
        Assert.Equal(Quality.Bad, (OfOne(good) with { Points = [bad, uncertain, good] }).WorstQuality);
    }

    [Fact]
    public void A_frame_of_100_points_takes_at_most_50_bytes_a_point()
    {
        ImmutableArray<Point> floats =
            [.. Enumerable.Range(0, 80).Select(at => Point.Good($"compressor_discharge_temp_{at:00}", PointValue.FromSingle(20f + (at * 0.37f))))];
        ImmutableArray<Point> bools =
            [.. Enumerable.Range(0, 20).Select(at => Point.Good($"circulation_pump_running_{at:00}", PointValue.FromBoolean(at % 2 == 0)))];
        Frame frame = OfOne(floats[0]) with { Points = [.. floats, .. bools] };

        Assert.InRange(frame.Points.Average(point => point.Name.Length), 25, 30);
        Assert.InRange(FrameJson.Encode(frame).Length, 3000, 5000);
    }

    private static Frame OfOne(Point point) => new("chiller-1", "modbus-tcp", "fast", FrameKind.Key, Session, 1, At, [point]);
}
