using Sallyport.TestKit;
using Sallyport.Watchdog.Status;

namespace Sallyport.Watchdog.Tests.Delivery;

/// <summary>Normal operation is full of small things. None of them wakes anybody.</summary>
public sealed class FalseAlarmTests(ITestOutputHelper output)
{
    private const int LookInSeconds = 5;
    private const int DayInSeconds = 24 * 60 * 60;

    [Fact]
    public async Task A_day_of_normal_operation_with_its_noise_raises_nothing()
    {
        var seed = Dice.NewSeed();
        output.WriteLine($"SALLYPORT_SEED={seed}");
        var noise = new Noise(new Dice(seed));
        using var bench = new GatewayBench();
        var states = new Dictionary<DeliveryState, int>();
        for (var passed = 0; passed < DayInSeconds; passed += LookInSeconds)
        {
            noise.Tick(bench.Gateway, bench.Time, passed);
            await bench.TickAsync(LookInSeconds);
            states[bench.Status.Delivery.State] = states.GetValueOrDefault(bench.Status.Delivery.State) + 1;
        }

        output.WriteLine(string.Join(", ", states.Select(state => $"{state.Key}: {state.Value}")));

        // That a module started again is a fact and no alarm.
        Assert.All(bench.Raised.Raised, raised => Assert.Equal("ModuleRestarted", raised.EventType));
        Assert.Equal(noise.Restarts, bench.Raised.Raised.Count);
        Assert.Empty(bench.Status.Alarms);
        Assert.Equal(0, bench.Reconnects);
        Assert.True(states[DeliveryState.Delivering] > DayInSeconds / LookInSeconds * 8 / 10);
        Assert.True(noise.Happened > 200, "the noise was too quiet to mean anything");
    }
}
