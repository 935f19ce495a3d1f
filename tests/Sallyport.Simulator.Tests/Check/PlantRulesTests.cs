using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sallyport.BatchVerification.Content;
using Sallyport.Simulator.Check;
using Sallyport.Simulator.Plant;

namespace Sallyport.Simulator.Tests.Check;

public sealed class PlantRulesTests
{
    private static readonly PlantMemory Plant = new(
        [new PlantUnit(3).Float(PlantTable.HoldingRegister, 10, WordOrder.ABCD, LivingValue.Wave(20, 5, TimeSpan.FromMinutes(1))).Word(PlantTable.InputRegister, 4, _ => 1)],
        new PlantLedger());

    [Fact]
    public void A_point_has_the_limits_of_the_value_that_lies_at_its_address()
    {
        PointRule rule = Assert.Single(Rules("""{"group":"fast","table":"holdingRegister","address":10,"type":"float32"}"""));
        Assert.Equal(("meter", "point", 10.0, TimeSpan.FromSeconds(30)), (rule.Source, rule.Point, rule.MaxChangePerSecond, rule.StuckAfter));
        Assert.Equal(14.995, rule.Min!.Value, precision: 6);
        Assert.Equal(25.005, rule.Max!.Value, precision: 6);
    }

    [Theory]
    [InlineData("""{"group":"fast","table":"holdingRegister","address":11,"type":"uint16"}""")]
    [InlineData("""{"group":"fast","table":"inputRegister","address":4,"type":"uint16"}""")]
    [InlineData("""{"group":"fast","table":"holdingRegister","address":10,"type":"float32","scale":10}""")]
    public void A_point_of_which_nothing_is_known_or_that_is_not_taken_as_it_is_has_none(string point) => Assert.Empty(Rules(point));

    [Fact]
    public void Living_values_stay_within_their_limits()
    {
        LivingValue[] values =
        [
            LivingValue.Wave(7, 0.6, TimeSpan.FromMinutes(3)), LivingValue.Steps(-35, 60, TimeSpan.FromMinutes(11)), LivingValue.Counter(3_000_000_000, 35),
        ];
        Assert.All(values, value => Assert.All(
            Enumerable.Range(0, 2000).Select(at => value.At(TimeSpan.FromSeconds(at))),
            number => Assert.InRange(number, value.Min ?? double.MinValue, value.Max ?? double.MaxValue)));
    }

    private static ImmutableArray<PointRule> Rules(string point) => PlantRules.Find(
        new() { ["units"] = JsonNode.Parse("""{"meter":{"unitId":3}}"""), ["points"] = new JsonObject { ["meter"] = new JsonObject { ["point"] = JsonNode.Parse(point) } } },
        Plant);
}
