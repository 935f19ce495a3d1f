using CsCheck;
using Sallyport.Ctl.Modbus.Import;

namespace Sallyport.Ctl.Tests.Modbus;

/// <summary>Names for the twin out of names that it does not allow.</summary>
public sealed class TwinNameTests
{
    [Theory]
    [InlineData("flow", "flow")]
    [InlineData("Boiler house 1", "Boiler_house_1")]
    [InlineData("PowerMeter-0a:01", "PowerMeter-0a_01")]
    [InlineData("  ", "unnamed")]
    [InlineData("Außen°C", "Au_en_C")]
    public void A_name_stays_as_near_as_it_can(string wish, string name) => Assert.Equal(name, TwinName.Choose([wish], static _ => false));

    [Fact]
    public void A_name_that_is_taken_gets_the_next_wish_and_then_a_number()
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "flow" };
        Assert.Equal("raw_flow", TwinName.Choose(["Flow", "raw_flow"], taken.Contains));
        taken.Add("raw_flow");
        Assert.Equal("raw_flow_2", TwinName.Choose(["Flow", "raw_flow"], taken.Contains));
    }

    [Fact]
    public void Every_name_is_allowed_and_free() =>
        Gen.Select(Gen.String, Gen.String.List[0, 5]).Sample((wish, others) =>
        {
            var taken = others.Append(wish).ToHashSet(StringComparer.OrdinalIgnoreCase);
            string name = TwinName.Choose([wish], taken.Contains);
            Assert.Matches("^[A-Za-z0-9_-]{1,64}$", name);
            Assert.DoesNotContain(name, taken);
        });
}
