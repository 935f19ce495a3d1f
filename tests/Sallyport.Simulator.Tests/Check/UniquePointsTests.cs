using System.Text.Json.Nodes;
using Sallyport.Simulator.Check;
using Sallyport.Simulator.Plant;

namespace Sallyport.Simulator.Tests.Check;

public sealed class UniquePointsTests
{
    private static readonly JsonObject Desired = JsonNode.Parse("""
        {"units":{"chiller-1":{"connection":"plant","unitId":7}},
         "points":{"chiller-1":{
           "scan":{"group":"fast","table":"holdingRegister","address":8,"type":"uint32"},
           "input":{"group":"fast","table":"inputRegister","address":8,"type":"uint32"},
           "other":{"group":"fast","table":"holdingRegister","address":9,"type":"uint16"}}}}
        """)!.AsObject();

    [Fact]
    public void A_point_that_lies_on_unique_registers_is_found_with_its_names() =>
        Assert.Equal(new UniquePoint("chiller-1", "fast", "scan", new PlantPoint.HoldingRegister(7, 8)), Assert.Single(UniquePoints.Find(Desired, [new(7, 8)])));

    [Fact]
    public void A_point_of_another_unit_or_address_is_not_found() =>
        Assert.Empty(UniquePoints.Find(Desired, [new(1, 8), new PlantPoint.HoldingRegister(7, 10)]));

    [Fact]
    public void Desired_properties_of_another_module_give_nothing() => Assert.Empty(UniquePoints.Find([], [new(7, 8)]));

    [Fact]
    public void A_tag_that_gives_unique_values_is_found_by_its_controller_and_path()
    {
        var desired = JsonNode.Parse("""
            {"tags":{
              "line-1":{"cycle":{"group":"fast","tag":"program:main.cycle"},"step":{"group":"fast","tag":"Program:Main.Step"}},
              "line-2":{"cycle":{"group":"fast","tag":"Program:Main.Cycle"}}}}
            """)!.AsObject();
        var point = new PlantPoint.Tag("line-1", "Program:Main.Cycle");
        Assert.Equal(new UniquePoint("line-1", "fast", "cycle", point), Assert.Single(UniquePoints.FindTags(desired, [point])));
    }
}
