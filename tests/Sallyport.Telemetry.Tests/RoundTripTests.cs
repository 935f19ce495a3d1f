using System.Text;
using CsCheck;
using Sallyport.TestKit;

namespace Sallyport.Telemetry.Tests;

/// <summary>What is written is valid by its schema, and reading it gives the same again.</summary>
public sealed class RoundTripTests
{
    [Fact]
    public void A_frame_survives_writing_and_reading() => Any.Frame.Sample(frame =>
    {
        var json = FrameJson.Encode(frame);

        Assert.True(FrameReader.TryRead(json, out Frame? read), Encoding.UTF8.GetString(json));
        Assert.Equal(frame with { Points = [] }, read with { Points = [] });
        Assert.Equal(frame.Points.Select(Reading.AsRead), read.Points.Select(Reading.AsRead));
        Assert.Equal(frame.WorstQuality, read.WorstQuality);
        MessageSchema.Validate(TelemetryMessage.Of(frame, "9f86d081884c7d65"));
    });

    [Fact]
    public void A_status_survives_writing_and_reading() => Any.Status.Sample(status =>
    {
        Assert.True(DeviceStatusJson.TryRead(DeviceStatusJson.Encode(status), out DeviceStatus? read));
        Assert.Equal(status, read);
        MessageSchema.Validate(TelemetryMessage.Of(status));
    });

    [Fact]
    public void Metadata_survive_writing_and_reading() => Any.Metadata.Sample(metadata =>
    {
        Assert.True(DeviceMetadataJson.TryRead(DeviceMetadataJson.Encode(metadata), out DeviceMetadata? read));
        Assert.Equal(metadata with { Points = [] }, read with { Points = [] });
        Assert.Equal(metadata.Points, read.Points.AsEnumerable());
        MessageSchema.Validate(TelemetryMessage.Of(metadata));
    });

    [Fact]
    public void A_gap_survives_writing_and_reading() => Any.Gap.Sample(gap =>
    {
        var json = GapRecordJson.Encode(gap);

        Assert.True(GapRecordJson.TryRead(json, out GapRecord? read));
        Assert.Equal(gap, read);
        Assert.Empty(MessageSchema.Faults(GapRecord.Schema, json));
    });

    [Fact]
    public void An_event_survives_writing_and_reading() => Any.Event.Sample(raised =>
    {
        var json = SecurityEventJson.Encode(raised);

        Assert.True(SecurityEventJson.TryRead(json, out SecurityEvent? read), Encoding.UTF8.GetString(json));
        Assert.Equal(raised with { Attack = [], Details = read.Details }, read with { Attack = [] });
        Assert.Equal(raised.Attack, read.Attack.AsEnumerable());
        Assert.Equal(raised.Details.Keys, read.Details.Keys);
        MessageSchema.Validate(TelemetryMessage.Of(raised));
    });
}
