using CsCheck;
using Sallyport.Telemetry;

namespace Sallyport.Acquisition.Tests;

public sealed class DeadbandTests
{
    [Theory]
    [InlineData(0.5, false, 10, 10.5, true)]
    [InlineData(0.5, false, 10, 10.75, false)]
    [InlineData(0.5, false, 10, 9.25, false)]
    [InlineData(2, true, 100, 102, true)]
    [InlineData(2, true, 100, 97.5, false)]
    [InlineData(2, true, -100, -101, true)]
    [InlineData(2, true, 0, 0.001, false)]
    [InlineData(0, false, 10, 10, true)]
    [InlineData(0, false, 10, 10.001, false)]
    public void The_limit_is_absolute_or_a_part_of_what_was_last_reported(double amount, bool isPercent, double reported, double now, bool isHidden) =>
        Assert.Equal(isHidden, new Deadband(amount, isPercent).Hides(PointValue.FromDouble(reported), PointValue.FromDouble(now)));

    [Fact]
    public void Large_integers_are_compared_exactly()
    {
        var one = new Deadband(1);
        Assert.True(one.Hides(PointValue.FromUInt64(ulong.MaxValue), PointValue.FromUInt64(ulong.MaxValue - 1)));
        Assert.False(one.Hides(PointValue.FromUInt64(ulong.MaxValue), PointValue.FromUInt64(ulong.MaxValue - 2)));
        Assert.False(one.Hides(PointValue.FromInt64(long.MinValue), PointValue.FromInt64(long.MaxValue)));
    }

    [Fact]
    public void A_boolean_or_a_text_that_changes_is_never_hidden()
    {
        var wide = new Deadband(1000);
        Assert.False(wide.Hides(PointValue.FromBoolean(false), PointValue.FromBoolean(true)));
        Assert.False(wide.Hides(PointValue.FromText("a"), PointValue.FromText("b")));
        Assert.False(wide.Hides(PointValue.FromText("1"), PointValue.FromInt64(1)));
        Assert.True(wide.Hides(PointValue.FromText("a"), PointValue.FromText("a")));
    }

    [Fact]
    public void An_equal_value_is_always_hidden_and_integers_compare_as_numbers_do() =>
        Gen.Select(Gen.Int, Gen.Int, Gen.Int[0, 1_000_000]).Sample((from, to, amount) =>
        {
            var deadband = new Deadband(amount);
            return deadband.Hides(PointValue.FromInt64(from), PointValue.FromInt64(from))
                && deadband.Hides(PointValue.FromInt64(from), PointValue.FromInt64(to)) == Math.Abs((long)from - to) <= amount;
        });
}
