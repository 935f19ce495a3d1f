using Sallyport.EtherNetIpOriginator.Device;
using Sallyport.Simulator.EtherNetIpPlant;
using static Sallyport.EtherNetIpOriginator.Tests.Device.ControllerBench;

namespace Sallyport.EtherNetIpOriginator.Tests.Device;

/// <summary>What a device refuses once is not asked for again.</summary>
public sealed class LadderTests
{
    [Fact]
    public async Task A_device_without_large_connections_is_read_over_small_ones()
    {
        await using ControllerBench bench = Logix(traits: DeviceTraits.CompactLogix with { KnowsLargeForwardOpen = false });
        Assert.Equal(["true"], await ReadAsync(bench.Prepare("Pump")));
        Assert.Equal(DeviceMemory.SmallSize, bench.Controller.Memory.ConnectionSize);
        Assert.Equal(1, bench.Counted("forward_open_refusals"));
        await bench.Plant.DieAsync();
        bench.Plant.Start();
        Assert.Equal(["true"], await ReadAsync(bench.Prepare("Pump")));
        Assert.Equal(1, bench.Counted("forward_open_refusals"));
        Assert.Single(bench.Log.GetSnapshot(), one => one.Id.Id == 1404);
    }

    [Fact]
    public async Task The_size_that_a_device_names_is_taken()
    {
        await using ControllerBench bench = Logix(traits: DeviceTraits.CompactLogix with { LargestLargeConnection = 1000 });
        Assert.Equal(["true"], await ReadAsync(bench.Prepare("Pump")));
        Assert.Equal(1000, bench.Controller.Memory.ConnectionSize);
    }

    [Fact]
    public async Task A_device_without_packets_is_asked_for_one_tag_at_a_time()
    {
        await using ControllerBench bench = Logix(traits: DeviceTraits.CompactLogix with { KnowsMultipleServicePacket = false });
        ITagGroup group = bench.Prepare("Pump", "Torque", "Ratio");
        Assert.Equal(["true", "-30000", "0.1"], await ReadAsync(group));
        Assert.Equal(3, group.RequestCount);
        Assert.Equal(1, bench.Counted("capabilities_learned"));
        Assert.Single(bench.Log.GetSnapshot(), one => one.Id.Id == 1409);
    }

    [Fact]
    public async Task A_device_that_has_fewer_connections_is_read_over_those()
    {
        await using ControllerBench bench = Logix(plan => plan with { Connections = 4 }, DeviceTraits.CompactLogix with { MostConnections = 2 });
        Assert.Equal(["true"], await ReadAsync(bench.Prepare("Pump")));
        Assert.Equal(2, bench.Plant.Device.Connections.Count);
        Assert.Single(bench.Log.GetSnapshot(), one => one.Id.Id == 1405);
    }

    [Fact]
    public async Task A_connection_is_closed_when_it_is_not_needed_any_more()
    {
        await using ControllerBench bench = Logix(plan => plan with { Route = Route("1,0"), Connections = 2 }, DeviceTraits.CompactLogix with { KeepsConnectionsOfLostClients = true });
        await ReadAsync(bench.Prepare("Pump"));
        Assert.Equal(2, bench.Plant.Device.Connections.Count);
        await bench.Controller.DisposeAsync();
        Assert.Equal(0, bench.Plant.Device.Connections.Count);
    }
}
