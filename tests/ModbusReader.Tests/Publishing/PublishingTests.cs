using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Sallyport.Acquisition;
using Sallyport.Acquisition.Publishing;
using Sallyport.IotHub;
using Sallyport.ModbusReader.Publishing;
using Sallyport.Telemetry;
using Sallyport.TestKit;

namespace Sallyport.ModbusReader.Tests.Publishing;

public sealed class PublishingTests
{
    private static readonly HubMessage Any = new() { MessageId = "1", Body = "{}"u8.ToArray() };

    private readonly RecordingHub _hub = new();

    public static TheoryData<SendOutcome, Delivery> Outcomes => new()
    {
        { SendOutcome.Acknowledged.Instance, Delivery.Acknowledged },
        { SendOutcome.NotConnected.Instance, Delivery.TryAgain },
        { new SendOutcome.Unacknowledged("no PUBACK"), Delivery.TryAgain },
        { new SendOutcome.TooLarge(300_000, 255_000), Delivery.TooLarge },
    };

    [Theory]
    [MemberData(nameof(Outcomes), DisableDiscoveryEnumeration = true)]
    public async Task What_the_hub_says_decides_whether_it_is_sent_again(SendOutcome outcome, Delivery delivery)
    {
        _hub.Outcome = () => outcome;
        Assert.Equal(delivery, await new HubOutput(_hub, "telemetry").SendAsync(Any, TestContext.Current.CancellationToken));
        Assert.Equal("telemetry", Assert.Single(_hub.Sent).Output);
    }

    [Fact(Timeout = 30_000)]
    public async Task Both_outboxes_are_emptied_to_their_outputs_before_the_worker_has_stopped()
    {
        using var meters = new TestMeters();
        var metrics = new AcquisitionMetrics(meters);
        var outboxes = new ReaderOutboxes(metrics);
        using var worker = new PublishingWorker(outboxes, _hub, metrics, new FakeTimeProvider(), NullLogger<OutboxPublisher>.Instance);
        await worker.StartAsync(TestContext.Current.CancellationToken);
        outboxes.Telemetry.Add(new OutboxEntry(Any));
        outboxes.Status.Add(new OutboxEntry(Any with { MessageId = "2" }));
        outboxes.Telemetry.Add(new OutboxEntry(Any with { MessageId = "3" }));
        await worker.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(
            "status 2, telemetry 1, telemetry 3",
            string.Join(", ", _hub.Sent.Select(sent => $"{sent.Output} {sent.Message.MessageId}").Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Metadata_names_every_point_with_its_wire_address()
    {
        var assembler = new FrameAssembler("01JD3S00000000000000000000");
        DeviceMetadata metadata = UnitMetadata.Of(Plans.Read(Plans.Example).Units[0], assembler, "cafe");
        Assert.Equal(
            new PointMetadata("supply_temp", "fast", "float32", "holdingRegister", "0", Order: "CDAB"),
            Assert.Single(metadata.Points));
        MessageSchema.Validate(TelemetryMessage.Of(metadata));
    }

    // Facts 6.16: which register it really was can be seen.
    [Fact]
    public void Metadata_tell_what_was_done_to_the_bits()
    {
        var assembler = new FrameAssembler("01JD3S00000000000000000000");
        DeviceMetadata metadata = UnitMetadata.Of(
            Plans.Read(Plans.WithPoints("""
                "a":{"group":"fast","table":"holdingRegister","address":12,"type":"bool","bit":3},
                "b":{"group":"fast","table":"inputRegister","address":5,"type":"int16","wordOrder":"BA","scale":0.1,"offset":-40,"unit":"°C"},
                "c":{"group":"fast","table":"inputRegister","address":6,"type":"string","registers":8},
                "d":{"group":"fast","table":"coil","address":7,"type":"bool"}
                """)).Units[0],
            assembler,
            "cafe");
        Assert.Equal(
            [
                new PointMetadata("a", "fast", "bool", "holdingRegister", "12.3", Order: "AB"),
                new PointMetadata("b", "fast", "int16", "inputRegister", "5", "°C", "BA", 0.1, -40),
                new PointMetadata("c", "fast", "string", "inputRegister", "6"),
                new PointMetadata("d", "fast", "bool", "coil", "7"),
            ],
            metadata.Points.AsEnumerable());
        MessageSchema.Validate(TelemetryMessage.Of(metadata));
    }
}
