using Sallyport.TestKit;

namespace Sallyport.EndToEnd.Tests;

/// <summary>PLC to cloud past edgeHub: the buffer registers at the provisioning service and connects to IoT Hub with a certificate of its own.</summary>
public sealed class DirectUplinkTests
{
    [Theory]
    [InlineData]
    [InlineData("--fault", "uplink-cut:4s@3s")]
    public async Task Every_value_that_the_plant_served_arrives_once_and_in_order(params string[] arguments)
    {
        SimulatorRun run = await SimulatorRun.StartAsync(["--duration", "9", "--check", "--uplink", "direct", .. arguments]);
        Assert.True(run.ExitCode == 0, run.Output);
        Assert.InRange(run.Count("valuesServed"), 20, int.MaxValue);
        Assert.Equal(run.Count("valuesServed"), run.Count("valuesArrived") + run.Count("badReads")); // An answer that came too late is no loss: a bad point says so.
        Assert.Equal(0, run.Count("unexplained") + run.Count("duplicates") + run.Count("outOfOrder") + run.Count("lost"));
        Assert.Contains("edge-1-buffer is connected to IoT Hub", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("SecureBuffer.upstream", run.Output, StringComparison.Ordinal);
    }
}
