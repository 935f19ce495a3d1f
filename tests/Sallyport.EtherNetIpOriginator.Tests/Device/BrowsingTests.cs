using Sallyport.EtherNetIp.Browsing;
using Sallyport.EtherNetIpOriginator.Device;
using Sallyport.Simulator.EtherNetIpPlant;
using static Sallyport.EtherNetIpOriginator.Tests.Device.ControllerBench;

namespace Sallyport.EtherNetIpOriginator.Tests.Device;

/// <summary>The list of tags.</summary>
public sealed class BrowsingTests
{
    [Theory]
    [InlineData("", false)]
    [InlineData("1,0", true)]
    public async Task A_CompactLogix_lists_its_tags_and_their_structures(string route, bool isUnconnected)
    {
        await using ControllerBench bench = Logix(plan => plan with { Route = Route(route), Unconnected = isUnconnected });
        TagList list = Assert.IsType<BrowseOutcome.Browsed>(await bench.Controller.BrowseAsync(progress: null, Stop)).Tags;
        Dictionary<string, SymbolEntry> tags = list.Tags.ToDictionary(tag => tag.Name, tag => tag.Symbol, StringComparer.Ordinal);
        Assert.True(tags.Count > CompactLogix.Stations + 30);
        Assert.Equal([2U, 3U, 4U], tags["Cube"].Dimensions);
        Assert.Equal(ExternalAccess.None, tags["Secret"].Access);
        Assert.Equal(ExternalAccess.ReadOnly, tags["Limit"].Access);
        Assert.True(tags["Filled"].IsAlias);
        Assert.True(tags.ContainsKey("Program:Main.Step"));
        Assert.DoesNotContain(tags.Keys, name => name.StartsWith("Map:", StringComparison.Ordinal) || name.StartsWith("__", StringComparison.Ordinal));
        StructureTemplate recipe = list.Templates[tags["Recipe1"].Type.Template];
        Assert.Equal("Recipe", recipe.Name);
        Assert.Contains(recipe.Members, member => member is { Name: "Setpoints", Elements: 8 });
        Assert.Empty(bench.Plant.Device.Writes);
    }

    [Fact]
    public async Task A_Micro850_lists_what_is_elementary()
    {
        await using ControllerBench bench = Micro();
        TagList list = Assert.IsType<BrowseOutcome.Browsed>(await bench.Controller.BrowseAsync(progress: null, Stop)).Tags;
        Assert.Contains(list.Tags, tag => string.Equals(tag.Name, "Temperature", StringComparison.Ordinal));
        Assert.DoesNotContain(list.Tags, tag => string.Equals(tag.Name, "StartDelay", StringComparison.Ordinal));
        Assert.Empty(list.Templates);
    }

    [Fact]
    public async Task Nobody_there_has_no_tags()
    {
        await using ControllerBench bench = Logix();
        await bench.Plant.DieAsync();
        Assert.Equal("cannot connect: ConnectionRefused", Assert.IsType<BrowseOutcome.Failed>(await bench.Controller.BrowseAsync(progress: null, Stop)).Reason);
    }
}
