using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Sallyport.Simulator.EtherNetIpPlant;
using Sallyport.Manifest;
using Sallyport.Simulator.Network;
using Sallyport.Simulator.Plant;

namespace Sallyport.Simulator.Tests.EtherNetIpPlant;

public sealed class ConfiguredControllersTests : IDisposable
{
    private readonly SimulationAddresses _addresses = SimulationAddresses.Reserve();

    public void Dispose() => _addresses.Dispose();

    [Fact]
    public void Each_configured_controller_gets_a_plant_whose_address_stands_over_the_configured_one()
    {
        var reader = Module("""{"controllers":{"line-1":{"host":"192.0.2.20","family":"logix","path":"1,0"},"compressor":{"host":"192.0.2.21","port":1,"family":"micro800"}}}""");
        var plants = Replace(reader);
        Assert.Equal(["5069-L330ER/A", "2080-LC50-24QWB"], plants.Select(plant => plant.Device.Identity.ProductName));
        Assert.Equal([_addresses.Controller(0), _addresses.Controller(1)], plants.Select(plant => plant.Endpoint.Address));
        Assert.Equal(
            """{"line-1":{"host":"NETWORK.5","family":"logix","path":"1,0","port":44818},"compressor":{"host":"NETWORK.6","port":44818,"family":"micro800"}}"""
                .Replace("NETWORK", _addresses.Network, StringComparison.Ordinal),
            reader.Desired["controllers"]!.ToJsonString());
        Assert.Contains(new PlantPoint.Tag("line-1", "Program:Main.Cycle"), plants[0].Device.Symbols.UniquePoints);
    }

    [Fact]
    public void Without_the_reader_there_is_no_controller()
    {
        Assert.Empty(Replace(Module("""{"controllers":{"line-1":{"family":"logix"}}}""", "ModbusReader")));
        Assert.Empty(Replace(Module("{}")));
    }

    [Theory]
    [InlineData("""{"controllers":{"line-1":{"family":"slc500"}}}""", "/EtherNetIpReader/properties.desired/controllers/line-1/family")]
    [InlineData("""{"controllers":{"line-1":7}}""", "/EtherNetIpReader/properties.desired/controllers/line-1")]
    [InlineData("""{"controllers":{"1":{"family":"logix"},"2":{"family":"logix"},"3":{"family":"logix"},"4":{"family":"logix"},"5":{"family":"logix"},"6":{"family":"logix"}}}""",
        "/EtherNetIpReader/properties.desired/controllers/6")]
    public void A_controller_that_cannot_be_simulated_is_refused_where_it_stands(string desired, string pointer) =>
        Assert.Equal(pointer, Assert.Throws<ManifestException>(() => Replace(Module(desired))).Pointer);

    private static ModuleEntry Module(string desired, string name = "EtherNetIpReader") => new(
        name,
        ModuleImage.Parse("reader:1"),
        "/",
        0,
        ImmutableDictionary<string, string>.Empty,
        null!,
        JsonNode.Parse(desired)!.AsObject());

    private ImmutableArray<EtherNetIpPlantServer> Replace(ModuleEntry module) =>
        ConfiguredControllers.Replace([module], _addresses, new PlantLedger(), new FakeTimeProvider(), NullLoggerFactory.Instance);
}
