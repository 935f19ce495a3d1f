using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using CsCheck;
using Sallyport.Telemetry;
using Sallyport.TestKit;

namespace Sallyport.Acquisition.Tests;

public sealed class FrameAssemblerTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 22, 10, 15, 0, TimeSpan.Zero);

    private readonly FrameAssembler _assembler = new("01JD3S00000000000000000000");

    [Fact]
    public void Numbers_count_from_zero_without_holes_in_each_group_of_each_source()
    {
        Assert.Equal([0, 1, 2], Enumerable.Range(0, 3).Select(_ => Assert.Single(Assemble("a", "fast", Points(1))).Seq));
        Assert.Equal(0, Assert.Single(Assemble("a", "slow", Points(1))).Seq);
        Assert.Equal(0, Assert.Single(Assemble("b", "fast", Points(1))).Seq);
        Assert.Equal(3, Assert.Single(Assemble("a", "fast", Points(1))).Seq);
    }

    [Fact]
    public void A_frame_is_a_valid_message_of_its_stream()
    {
        OutboxEntry entry = Assert.Single(Assemble("chiller-1", "fast", Points(3)));
        MessageSchema.Validate(entry.Message);
        Assert.Equal(new GapOrigin("01JD3S00000000000000000000", "chiller-1", "fast"), entry.Origin);
        Assert.Equal("cafe", entry.Message.Properties[MessageProperties.ConfigurationHash]);
        Assert.Equal(At, entry.Message.CreatedAt);
    }

    [Fact]
    public void A_poll_that_is_too_large_becomes_several_frames_with_every_point_once_and_in_order() =>
        Gen.Select(Gen.Int[1, 2_000], Gen.Int[1, 64]).Sample(
            (count, nameLength) =>
            {
                ImmutableArray<Point> points = Points(count, nameLength);
                ImmutableArray<OutboxEntry> entries = Assemble("a", string.Create(CultureInfo.InvariantCulture, $"g{count}-{nameLength}"), points);
                Assert.All(entries, entry => Assert.InRange(entry.Message.Body.Length, 1, Frame.MaxEncodedBytes));
                Assert.Equal(Enumerable.Range((int)entries[0].Seq, entries.Length), entries.Select(entry => (int)entry.Seq));
                Assert.Equal(points.Select(point => point.Name), entries.SelectMany(entry => Names(entry.Message)), StringComparer.Ordinal);
            },
            iter: 30);

    [Fact]
    public void A_value_that_no_frame_can_hold_becomes_a_bad_point()
    {
        Point huge = Point.Good("text", PointValue.FromText(new string('x', Frame.MaxEncodedBytes)));
        OutboxEntry entry = Assert.Single(Assemble("a", "fast", [huge]));
        using JsonDocument body = JsonDocument.Parse(entry.Message.Body);
        Assert.Equal("BadOutOfRange", body.RootElement.GetProperty("points")[0].GetProperty("qs").GetString());
    }

    [Fact]
    public void A_frame_is_as_full_as_it_can_be()
    {
        ImmutableArray<OutboxEntry> entries = Assemble("a", "fast", Points(1_000));
        Assert.All(entries[..^1], entry => Assert.InRange(entry.Message.Body.Length, Frame.MaxEncodedBytes - 64, Frame.MaxEncodedBytes));
    }

    [Fact]
    public void A_heartbeat_has_a_number_and_no_points()
    {
        FrameSequence frames = _assembler.SequenceOf("a", "modbus-tcp", "fast");
        frames.Assemble(FrameKind.Key, At, Points(1).AsSpan(), "cafe");
        OutboxEntry entry = Assert.Single(frames.Assemble(FrameKind.Heartbeat, At, [], "cafe"));
        MessageSchema.Validate(entry.Message);
        Assert.Equal(1, entry.Seq);
        Assert.Empty(Names(entry.Message));
    }

    private static ImmutableArray<Point> Points(int count, int nameLength = 8) =>
        [.. Enumerable.Range(0, count).Select(i => Point.Good(
            i.ToString(CultureInfo.InvariantCulture).PadLeft(nameLength, 'p'), PointValue.FromSingle(i * 1.1f)))];

    private static IEnumerable<string> Names(HubMessage message)
    {
        using JsonDocument body = JsonDocument.Parse(message.Body);
        return [.. body.RootElement.GetProperty("points").EnumerateArray().Select(point => point.GetProperty("n").GetString()!)];
    }

    private ImmutableArray<OutboxEntry> Assemble(string source, string group, ImmutableArray<Point> points) =>
        _assembler.SequenceOf(source, "modbus-tcp", group).Assemble(FrameKind.Key, At, points.AsSpan(), "cafe");
}
