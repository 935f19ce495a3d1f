using Sallyport.Telemetry;
using Sallyport.Watchdog.Status;

namespace Sallyport.Watchdog.Tests.Delivery;

/// <summary>Each fault leads to its state, alarm, event and log line within its time, and back.</summary>
public sealed class FaultTableTests
{
    private static readonly FaultCase[] Cases =
    [
        new("half-open", Do(bench => bench.Gateway.IsDelivering = false), Do(bench => bench.Gateway.IsDelivering = true))
        {
            Alarm = "delivery/stalled", Severity = EventSeverity.High, State = DeliveryState.Stalled, Within = 135, LogEvent = 7000, Reconnects = 1,
        },
        new("uplink-cut", Do(CutUplink), Do(OpenUplink))
        {
            Alarm = "delivery/offline", Severity = EventSeverity.Medium, State = DeliveryState.Offline, Within = 70, LogEvent = 7001,
        },
        new("edgehub-restart", Do(StopEdgeHub), Do(StartEdgeHub)) { State = DeliveryState.Offline, Within = 5, LogEvent = 7021 },
        new("kill:ModbusReader", Do(bench => bench.Gateway.Reader.IsUp = false), Do(bench => Start(bench.Gateway.Reader)))
        {
            Alarm = "module/ModbusReader/missing", Severity = EventSeverity.High, Within = 35, LogEvent = 7000,
        },
        new("kill:ModbusReader, again and again", KillThriceAsync, _ => Task.CompletedTask)
        {
            Alarm = "module/ModbusReader/flapping", Severity = EventSeverity.High, Within = 5, BackWithin = 680, LogEvent = 7000,
        },
        new("expire-sas", Do(bench => bench.Gateway.Buffer[FakeGateway.SasRemaining] = 0), Do(bench => bench.Gateway.Buffer[FakeGateway.SasRemaining] = 3600))
        {
            Alarm = "credential/sas/gw/SecureBuffer/expired", Severity = EventSeverity.Critical, Within = 65, LogEvent = 7000,
        },
        new("plc-dead", bench => TellAsync(bench, DeviceState.Offline), bench => TellAsync(bench, DeviceState.Online))
        {
            Alarm = "device/chiller-1/offline", Severity = EventSeverity.High, Within = 65, LogEvent = 7000,
        },
    ];

    public static TheoryData<string> Faults => [.. Cases.Select(one => one.Fault)];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_is_told_in_time_and_its_end_too(string fault)
    {
        FaultCase row = Array.Find(Cases, one => string.Equals(one.Fault, fault, StringComparison.Ordinal))!;
        using var bench = new GatewayBench();
        await bench.LiveAsync(seconds: 60);
        Assert.Equal((DeliveryState.Delivering, 0), (bench.Status.Delivery.State, bench.Status.Alarms.Length));
        bench.Raised.Raised.Clear();
        bench.Log.Clear();

        await row.Break(bench);
        _ = await bench.LiveUntilAsync(() => row.Alarm is { } id ? bench.HasAlarm(id) : bench.Status.Delivery.State == row.State, row.Within);
        Assert.Equal(row.State, bench.Status.Delivery.State);
        Assert.Equal(row.Alarm is null ? [] : [row.Severity], bench.Status.Alarms.Select(alarm => alarm.Severity));
        Assert.Equal(
            row.Alarm is null ? [] : [("AlarmRaised", row.Severity)],
            bench.Raised.Raised.Select(raised => (raised.EventType, raised.Severity)));
        Assert.Contains(bench.Log.GetSnapshot(), line => line.Id.Id == row.LogEvent);
        Assert.Equal(row.Reconnects, bench.Reconnects);

        await row.Mend(bench);
        _ = await bench.LiveUntilAsync(() => bench.Status.Alarms.Length == 0 && bench.Status.Delivery.State is DeliveryState.Delivering, row.BackWithin);
        Assert.Equal(
            row.Alarm is null ? [] : ["AlarmRaised", "AlarmCleared"],
            bench.Raised.Raised.Select(raised => raised.EventType));
        Assert.Equal(row.Alarm is not null, bench.Log.GetSnapshot().Any(line => line.Id.Id == 7002));
        Assert.NotEmpty(bench.Status.Events);
    }

    private static Func<GatewayBench, Task> Do(Action<GatewayBench> act) => bench =>
    {
        act(bench);
        return Task.CompletedTask;
    };

    private static void CutUplink(GatewayBench bench)
    {
        bench.Gateway.IsDelivering = false;
        bench.Gateway.EdgeHub[FakeGateway.OfflineCount]++;
        bench.Gateway.EdgeHub[FakeGateway.Queue] = 8;
    }

    private static void OpenUplink(GatewayBench bench)
    {
        bench.Gateway.IsDelivering = true;
        bench.Gateway.EdgeHub[FakeGateway.OfflineEnded]++;
        bench.Gateway.EdgeHub[FakeGateway.Queue] = 0;
    }

    private static void StopEdgeHub(GatewayBench bench)
    {
        bench.Gateway.EdgeHub.IsUp = false;
        bench.Gateway.IsDelivering = false;
        bench.Gateway.Buffer[FakeGateway.Connected] = 0;
    }

    private static void StartEdgeHub(GatewayBench bench)
    {
        Start(bench.Gateway.EdgeHub);
        bench.Gateway.IsDelivering = true;
        bench.Gateway.Buffer[FakeGateway.Connected] = 1;
    }

    private static void Start(FakeModule module)
    {
        module.Restart();
        module.IsUp = true;
    }

    private static async Task KillThriceAsync(GatewayBench bench)
    {
        for (var time = 0; time < 3; time++)
        {
            await bench.LiveAsync(seconds: 10);
            bench.Gateway.Reader.Restart();
        }
    }

    private static Task TellAsync(GatewayBench bench, DeviceState state)
    {
        bench.Gateway.Reader[FakeGateway.Online] = state is DeviceState.Online ? 1 : 0;
        bench.Gateway.Reader[FakeGateway.Offline] = state is DeviceState.Offline ? 1 : 0;
        return bench.TellAsync("ModbusReader", TelemetryMessage.Of(new DeviceStatus("chiller-1", "modbus-tcp", SessionId.New(bench.Time, _ => { }), state, bench.Time.GetUtcNow(), "no answer in time")));
    }
}
