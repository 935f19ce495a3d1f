using System.Text;
using CsCheck;

namespace Sallyport.Telemetry.Tests;

public sealed class FrameEncoderTests
{
    [Fact]
    public void The_encoder_writes_the_very_message_of_the_frame()
    {
        using var encoder = new FrameEncoder();
        Any.Frame.Where(frame => FrameJson.Encode(frame).Length <= Frame.MaxEncodedBytes).Sample(
            frame =>
            {
                encoder.Begin(new FrameHead(frame.Session, frame.Source, frame.Protocol, frame.Group, "cafe"), frame.Kind, frame.Seq, frame.Timestamp);
                Assert.All(frame.Points, point => Assert.True(encoder.TryAdd(point)));
                HubMessage written = encoder.End();
                HubMessage expected = TelemetryMessage.Of(frame, "cafe");
                Assert.Equal(Encoding.UTF8.GetString(expected.Body.Span), Encoding.UTF8.GetString(written.Body.Span));
                Assert.Equal(ByName(expected), ByName(written));
                Assert.Equal((expected.MessageId, expected.CreatedAt), (written.MessageId, written.CreatedAt));
            },
            threads: 1);
    }

    [Fact]
    public void A_full_frame_stays_as_it_was()
    {
        using var encoder = new FrameEncoder();
        var head = new FrameHead("01JD3S0A1B2C3D4E5F6G7H8J9K", "chiller-1", "modbus-tcp", "fast", "cafe");
        encoder.Begin(head, FrameKind.Key, seq: 0, DateTimeOffset.UnixEpoch);
        Assert.True(encoder.TryAdd(Point.Good("a", PointValue.FromInt64(1))));
        Assert.False(encoder.TryAdd(Point.Good("b", PointValue.FromText(new string('x', Frame.MaxEncodedBytes)))));
        Assert.Equal(1, encoder.Count);
        Assert.EndsWith("\"points\":[{\"n\":\"a\",\"v\":1}]}", Encoding.UTF8.GetString(encoder.End().Body.Span), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-5, "")]
    [InlineData(0, "")]
    [InlineData(0.9, "")]
    [InlineData(1, ",\"t\":1")]
    [InlineData(41.7, ",\"t\":41")]
    public void A_later_reply_is_told_in_whole_milliseconds(double milliseconds, string member)
    {
        Point point = Point.Good("a", PointValue.FromInt64(1), TimeSpan.FromMilliseconds(milliseconds));
        var frame = new Frame("chiller-1", "modbus-tcp", "fast", FrameKind.Key, "01JD3S0A1B2C3D4E5F6G7H8J9K", 0, DateTimeOffset.UnixEpoch, [point]);
        Assert.EndsWith($"{{\"n\":\"a\",\"v\":1{member}}}]}}", Encoding.UTF8.GetString(FrameJson.Encode(frame)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("2147483648")]
    [InlineData("\"1\"")]
    public void A_reader_refuses_an_offset_that_is_none(string offset)
    {
        string json = $$"""{"schema":"sallyport.frame/1","source":"a","protocol":"b","group":"c","frame":"key","session":"01JD3S0A1B2C3D4E5F6G7H8J9K","seq":0,"timestamp":"2026-11-22T10:15:00Z","points":[{"n":"a","v":1,"t":{{offset}}}]}""";
        Assert.False(FrameReader.TryRead(Encoding.UTF8.GetBytes(json), out _));
    }

    private static IEnumerable<KeyValuePair<string, string>> ByName(HubMessage message) =>
        message.Properties.OrderBy(property => property.Key, StringComparer.Ordinal);
}
