using Sallyport.TestKit;

namespace Sallyport.Watchdog.Tests.Delivery;

/// <summary>What happens on a gateway that is well: answers that are late, connections that are replaced, short outages, pauses, steps of the clock.</summary>
internal sealed class Noise(Dice dice)
{
    private const int QuietSeconds = 30;

    private readonly List<(int Until, Action Undo)> _standing = [];
    private int _quietUntil;

    public int Happened { get; private set; }

    /// <summary>Modules that began anew.</summary>
    public int Restarts { get; private set; }

    public void Tick(FakeGateway gateway, SteppedTime time, int now)
    {
        foreach ((int Until, Action Undo) over in _standing.Where(one => one.Until <= now).ToArray())
        {
            over.Undo();
            _ = _standing.Remove(over);
        }

        gateway.Buffer[FakeGateway.SasRemaining] = 3600 - (now % 3000);
        gateway.Buffer["sallyport_module_memory_bytes"] = (40 + dice.Next(30)) << 20;
        foreach (FakeModule module in gateway.All)
        {
            Maybe(60, now, 5 + (5 * dice.Next(3)), () => module.IsUp = false, () => module.IsUp = true);
            Maybe(300, now, 10, () => module.Health = """{"status":"unhealthy","reason":"a worker waits"}""", () => module.Health = """{"status":"healthy","reason":""}""");
            Maybe(600, now, 5, () => module.PageInstead = "half a li", () => module.PageInstead = null);
        }

        Maybe(60, now, 5, () => gateway.Buffer[FakeGateway.Connected] = 0, () => gateway.Buffer[FakeGateway.Connected] = 1);
        Maybe(100, now, 20 + (5 * dice.Next(5)), () => Stand(gateway, isOffline: true), () => Move(gateway));
        Maybe(100, now, 20 + (5 * dice.Next(12)), () => Stand(gateway, isOffline: false), () => Move(gateway));
        Maybe(40, now, 5, () => gateway.Reader["sallyport_poll_overruns_total"] += dice.Next(4), () => { });
        Maybe(200, now, 20 + (5 * dice.Next(5)), () => SetDevice(gateway, isOnline: false), () => SetDevice(gateway, isOnline: true));
        Maybe(2000, now, 5, () => gateway.Reader["sallyport_hub_authentication_failures_total"]++, () => { });
        Maybe(300, now, 5, () => time.Step += TimeSpan.FromMinutes(dice.Next(-120, 120)), () => { });
        if (now / 21600 > Restarts)
        {
            Restarts++;
            gateway.All.ElementAt(dice.Next(4)).Restart();
            gateway.EdgeHub[FakeGateway.OfflineEnded] = gateway.EdgeHub[FakeGateway.OfflineCount];
        }
    }

    // One at a time and a quiet look between two, so that pauses do not add up to what is no noise any more.
    private void Maybe(int oneIn, int now, int seconds, Action happens, Action undo)
    {
        if (dice.Next(oneIn) == 0 && _standing.Count == 0 && now >= _quietUntil)
        {
            _quietUntil = now + seconds + QuietSeconds;
            Happened++;
            happens();
            _standing.Add((now + seconds, undo));
        }
    }

    private static void Stand(FakeGateway gateway, bool isOffline)
    {
        gateway.IsDelivering = false;
        gateway.EdgeHub[FakeGateway.OfflineCount] += isOffline ? 1 : 0;
    }

    private static void Move(FakeGateway gateway)
    {
        gateway.IsDelivering = true;
        gateway.EdgeHub[FakeGateway.OfflineEnded] = gateway.EdgeHub[FakeGateway.OfflineCount];
    }

    private static void SetDevice(FakeGateway gateway, bool isOnline)
    {
        gateway.Reader[FakeGateway.Online] = isOnline ? 1 : 0;
        gateway.Reader[FakeGateway.Offline] = isOnline ? 0 : 1;
    }
}
