using Sallyport.TestKit;

namespace Sallyport.EndToEnd.Tests;

/// <summary>Rude plants through the whole chain: every value that they served whole, in time and under its own name arrives, and nothing else does.</summary>
public sealed class RudePlantTests
{
    [Theory]
    // facts 6.1, 6.3, 6.4, 6.9: the answers come late, not at all, cut in the middle, and in single bytes.
    [InlineData("plant-late:2500ms@1s", "plant-drop:1s@5s", "plant-cut:1s@7s", "plant-mute:1s@9s", "plant-split:1s@11s")]
    // facts 6.3, 6.7, 6.18, 6.19, 6.20: they are not what they say, or say no.
    [InlineData(
        "plant-wrong-id:1s@1s", "plant-wrong-unit:1s@3s", "plant-wrong-count:1s@5s", "plant-short:1s@7s", "plant-busy:1s@9s", "plant-failing/2:1s@11s")]
    // facts 6.8, 6.12: one connection is all there is, cut and opened again; then a unit forgets its addresses.
    [InlineData("plant-one-connection:5s@1s", "plant-cut:1s@2s", "plant-newest-wins:5s@6s", "plant-wrong-unit:1s@7s", "plant-lost/2:1s@11s")]
    // facts 6.35: edgeHub restarts and the uplink is cut while devices answer late and cut their connections.
    [InlineData("plant-late:2s@1s", "edgehub-restart@3s", "plant-cut:1s@5s", "uplink-cut:2s@6s", "plant-wrong-unit:1s@9s")]
    // Controllers that answer what was asked before, under another number, not at all, cut connections or forget their sessions; then each gets its program again.
    [InlineData("eip-session-lost:1500ms@1s", "eip-stale:1s@4s", "eip-wrong-sequence:1s@6s", "eip-silent:1s@8s", "eip-cut:1s@10s", "eip-download@12s")]
    public async Task A_rude_plant_delays_values_and_neither_hides_nor_invents_any(params string[] faults)
    {
        SimulatorRun run = await SimulatorRun.StartAsync(["--duration", "14", "--check", .. faults.SelectMany(fault => (string[])["--fault", fault])]);
        Assert.True(run.ExitCode == 0, run.Output);
        Assert.All(faults, fault => Assert.Contains($"Fault {fault} ends", run.Output, StringComparison.Ordinal));
        Assert.InRange(run.Count("valuesServed"), 20, int.MaxValue);
        Assert.Equal(0, run.Count("unexplained") + run.Count("malformed") + run.Count("duplicates") + run.Count("outOfOrder") + run.Count("lost"));
    }
}
