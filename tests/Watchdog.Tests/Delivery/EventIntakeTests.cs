using System.Collections.Frozen;
using System.Text;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Sallyport.Telemetry;
using Sallyport.Watchdog.Devices;
using Sallyport.Watchdog.Scraping;
using Sallyport.Watchdog.Status;

namespace Sallyport.Watchdog.Tests.Delivery;

/// <summary>What other modules tell.</summary>
public sealed class EventIntakeTests : IDisposable
{
    private readonly GatewayBench _bench = new();
    private readonly MetricCollector<long> _messages;

    public EventIntakeTests() => _messages = new MetricCollector<long>(_bench.Meters, ScrapeMetrics.MeterName, "sallyport.watch.messages");

    public void Dispose()
    {
        _messages.Dispose();
        _bench.Dispose();
    }

    [Fact]
    public async Task An_event_is_in_the_list_newest_first_and_the_list_is_bounded()
    {
        for (var number = 0; number < 60; number++)
        {
            await _bench.TellAsync("CertificateManager", TelemetryMessage.Of(Event($"Event {number}.")));
        }

        Assert.Equal(GatewayStatus.MostEvents, _bench.Status.Events.Length);
        RecentEvent newest = _bench.Status.Events[0];
        Assert.Equal(("CertificateManager", "Event 59.", EventSeverity.High), (newest.Module, newest.Title, newest.Severity));
        Assert.Equal(60, Count("event"));
    }

    [Fact]
    public async Task Devices_beyond_the_most_are_counted_and_told_once()
    {
        using var leftOut = new MetricCollector<long>(_bench.Meters, ScrapeMetrics.MeterName, "sallyport.watch.devices_left_out");
        for (var device = 0; device < DeviceBoard.MostDevices + 2; device++)
        {
            await _bench.TellAsync("ModbusReader", TelemetryMessage.Of(new DeviceStatus(
                $"device-{device}", "modbus-tcp", SessionId.New(_bench.Time, _ => { }), DeviceState.Online, _bench.Time.GetUtcNow())));
        }

        Assert.Equal(DeviceBoard.MostDevices, _bench.Devices.All.Length);
        Assert.Equal(2, leftOut.GetMeasurementSnapshot().Sum(one => one.Value));
        Assert.Contains("device-2000 of ModbusReader is not watched", Assert.Single(_bench.Log.GetSnapshot(), line => line.Id.Id == 7012).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_state_is_in_the_picture_with_its_reason_and_a_device_that_is_no_longer_asked_leaves_it()
    {
        await _bench.TellAsync("ModbusReader", TelemetryMessage.Of(State(DeviceState.Offline)));
        await _bench.LiveAsync(seconds: 5);
        FieldDeviceStatus device = Assert.Single(_bench.Status.Devices, one => one.Source is "pump");
        Assert.Equal((DeviceState.Offline, "no answer", "ModbusReader"), (device.State, device.Reason, device.Reader));
        await _bench.TellAsync("ModbusReader", TelemetryMessage.Of(State(DeviceState.Stopped)));
        await _bench.LiveAsync(seconds: 5);
        Assert.DoesNotContain(_bench.Status.Devices, one => one.Source is "pump");
        Assert.Equal(2, Count("status"));
    }

    [Fact]
    public async Task After_a_restart_the_readers_metrics_say_what_no_message_tells_again()
    {
        _bench.Gateway.Reader[FakeGateway.Online] = 0;
        _bench.Gateway.Reader[FakeGateway.Offline] = 1;
        await _bench.LiveAsync(seconds: 5);
        Assert.Equal(DeviceState.Offline, Assert.Single(_bench.Status.Devices).State);
    }

    [Fact]
    public async Task Metadata_and_frames_are_none_of_our_business()
    {
        var metadata = new DeviceMetadata("pump", "modbus-tcp", SessionId.New(_bench.Time, _ => { }), "cfg", []);
        await _bench.TellAsync("ModbusReader", TelemetryMessage.Of(metadata));
        Assert.Equal((1, 0), (Count("other"), Count("malformed")));
    }

    [Theory]
    [InlineData(SecurityEvent.Schema, "{}")]
    [InlineData(DeviceStatus.Schema, "{")]
    [InlineData("sallyport.event/2", "{}")]
    [InlineData("", "")]
    public async Task What_nobody_understands_is_counted_and_logged(string schema, string body)
    {
        var properties = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["schema"] = schema };
        await _bench.TellAsync("ModbusReader", new HubMessage
        {
            MessageId = "1",
            Body = Encoding.UTF8.GetBytes(body),
            Properties = properties.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase),
        });
        Assert.Equal(1, Count("malformed"));
        Assert.Contains(_bench.Log.GetSnapshot(), line => line.Id.Id == 7010);
    }

    [Fact]
    public async Task An_event_that_names_another_module_than_its_sender_is_not_believed()
    {
        await _bench.TellAsync("Stranger", TelemetryMessage.Of(Event("All is well.")));
        Assert.Empty(_bench.Status.Events);
        Assert.Equal(1, Count("malformed"));
    }

    private int Count(string outcome) => (int)_messages.GetMeasurementSnapshot().Where(one => string.Equals((string)one.Tags["outcome"]!, outcome, StringComparison.Ordinal)).Sum(one => one.Value);

    private DeviceStatus State(DeviceState state) => new("pump", "modbus-tcp", SessionId.New(_bench.Time, _ => { }), state, _bench.Time.GetUtcNow(), "no answer");

    private SecurityEvent Event(string title) => new()
    {
        EventId = SessionId.New(_bench.Time, _ => { }),
        Kind = EventKind.Security,
        TimeGenerated = _bench.Time.GetUtcNow(),
        ModuleId = "CertificateManager",
        EventType = "CertificateEnding",
        Severity = EventSeverity.High,
        Title = title,
    };
}
