using Sallyport.IotHub;
using Sallyport.Telemetry;
using Sallyport.Watchdog.Tests.Delivery;

namespace Sallyport.Watchdog.Tests.Faults;

/// <summary>Makes of a fault what the module gets to see of it: pages, messages, a connection that does not answer.</summary>
internal static class FaultFeed
{
    /// <summary>Begins it.</summary>
    /// <param name="watchdog">Who sees it.</param>
    /// <param name="fault">As the simulator's command line takes it.</param>
    public static Task BreakAsync(WholeWatchdog watchdog, string fault)
    {
        RunningGateway gateway = watchdog.Gateway;
        switch (NameOf(fault))
        {
            case "uplink-cut":
                gateway.IsDelivering = false;
                gateway.EdgeHub[FakeGateway.OfflineCount]++;
                gateway.EdgeHub[FakeGateway.Queue] = 8;
                break;
            case "edgehub-half-open":
                gateway.IsDelivering = false;
                watchdog.Hub.Outcome = () => new SendOutcome.Unacknowledged("edgeHub does not acknowledge");
                break;
            case "uplink-delay":
                gateway.IsDelivering = false;
                gateway.EdgeHub[FakeGateway.Queue] = 8;
                break;
            case "edgehub-restart":
                gateway.EdgeHub.IsUp = false;
                gateway.IsDelivering = false;
                gateway.Buffer[FakeGateway.Connected] = 0;
                break;
            case "kill":
                gateway.Find(ModuleOf(fault)).IsUp = false;
                break;
            case "expire-sas":
                gateway.Start(gateway.Find(ModuleOf(fault)));
                gateway.Find(ModuleOf(fault))[RunningGateway.ConfiguredToken] = 8;
                break;
            case "strange-module":
                gateway.Deploy("Stranger");
                break;
            case "plant-dead":
                return SetPlantAsync(watchdog, isAlive: false);
            default:
                Assert.Fail($"Nobody knows what {fault} looks like.");
                break;
        }

        return Task.CompletedTask;
    }

    /// <summary>Ends it.</summary>
    public static Task MendAsync(WholeWatchdog watchdog, string fault)
    {
        RunningGateway gateway = watchdog.Gateway;
        gateway.IsDelivering = true;
        gateway.Buffer[FakeGateway.Connected] = 1;
        gateway.EdgeHub[FakeGateway.Queue] = 0;
        gateway.EdgeHub[FakeGateway.OfflineEnded] = gateway.EdgeHub[FakeGateway.OfflineCount];
        watchdog.Hub.Outcome = () => SendOutcome.Acknowledged.Instance;
        switch (NameOf(fault))
        {
            // People do what the alarm says.
            case "uplink-delay" or "edgehub-restart":
                gateway.Start(gateway.EdgeHub);
                break;
            case "kill":
                gateway.Start(gateway.Find(ModuleOf(fault)));
                break;
            case "expire-sas":
                gateway.Start(gateway.Find(ModuleOf(fault)));
                gateway.Find(ModuleOf(fault)).Remove(RunningGateway.ConfiguredToken);
                break;
            case "strange-module":
                gateway.Undeploy("Stranger");
                break;
            case "plant-dead":
                return SetPlantAsync(watchdog, isAlive: true);
        }

        return Task.CompletedTask;
    }

    private static string NameOf(string fault) => fault.Split(':')[0];

    private static string ModuleOf(string fault) => fault.Split(':')[1];

    private static async Task SetPlantAsync(WholeWatchdog watchdog, bool isAlive)
    {
        FakeModule reader = watchdog.Gateway.Reader;
        foreach (var (online, offline) in (ReadOnlySpan<(string, string)>)
            [(FakeGateway.Online, FakeGateway.Offline), (RunningGateway.PumpOnline, RunningGateway.PumpOffline)])
        {
            (reader[online], reader[offline]) = isAlive ? (1, 0) : (0, 1);
        }

        foreach (var source in (string[])["chiller-1", "pump-station-1"])
        {
            await watchdog.TellAsync(reader.Name, TelemetryMessage.Of(new DeviceStatus(
                source, "modbus-tcp", SessionId.New(watchdog.Time, _ => { }), isAlive ? DeviceState.Online : DeviceState.Offline, watchdog.Time.GetUtcNow(), isAlive ? null : "no answer in time")));
        }
    }
}
