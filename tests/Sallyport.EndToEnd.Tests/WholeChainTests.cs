using Sallyport.TestKit;

namespace Sallyport.EndToEnd.Tests;

/// <summary>PLC to cloud through the manifest's own routes, judged by the plant's own list of what it served.</summary>
public sealed class WholeChainTests
{
    [Theory]
    [InlineData]
    [InlineData("--hubdev")]
    [InlineData("--fault", "uplink-cut:5s@2s")]
    [InlineData("--fault", "uplink-silent:4s@2s")]
    [InlineData("--fault", "edgehub-restart@3s")]
    public async Task Every_value_that_the_plant_served_arrives_once_and_in_order(params string[] arguments)
    {
        SimulatorRun run = await SimulatorRun.StartAsync(["--duration", "8", "--check", .. arguments]);
        Assert.Equal(0, run.ExitCode);
        Assert.InRange(run.Count("valuesServed"), 20, int.MaxValue);
        Assert.Equal(run.Count("valuesServed"), run.Count("valuesArrived") + run.Count("badReads")); // An answer that came too late is no loss: a bad point says so.
        Assert.Equal(0, run.Count("unexplained") + run.Count("duplicates") + run.Count("outOfOrder") + run.Count("lost"));
    }

    [Fact]
    public async Task A_reader_that_skips_one_poll_is_found_out()
    {
        SimulatorRun run = await SimulatorRun.StartAsync(
            "--duration", "8", "--check", "--module", $"ModbusReader={SimulatorRun.Built("SkippingReader")}");
        Assert.Equal(1, run.ExitCode);
        Assert.InRange(run.Count("unexplained"), 1, int.MaxValue);
    }

    [Fact]
    public async Task A_start_without_uplink_and_twin_polls_from_the_last_accepted_plan_and_delivers_later()
    {
        string state = Directory.CreateTempSubdirectory("sallyport-state-").FullName;
        try
        {
            SimulatorRun first = await SimulatorRun.StartAsync("--duration", "5", "--check", "--state", state);
            Assert.Equal(0, first.ExitCode);
            SimulatorRun second = await SimulatorRun.StartAsync("--duration", "10", "--check", "--state", state, "--start-offline", "6s");
            Assert.Equal(0, second.ExitCode);
            Assert.InRange(second.Count("valuesServed"), 20, int.MaxValue);
            Assert.Equal(0, second.Count("unexplained") + second.Count("lost"));
            Assert.InRange(second.Count("maxLatencyMs"), 3000, int.MaxValue);
        }
        finally
        {
            Directory.Delete(state, recursive: true);
        }
    }
}
