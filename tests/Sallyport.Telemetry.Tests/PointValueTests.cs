namespace Sallyport.Telemetry.Tests;

/// <summary>A value gives back what was put in, and nothing else.</summary>
public sealed class PointValueTests
{
    [Fact]
    public void A_value_gives_back_what_it_was_made_of()
    {
        Assert.True(PointValue.FromBoolean(true).AsBoolean());
        Assert.Equal(long.MinValue, PointValue.FromInt64(long.MinValue).AsInt64());
        Assert.Equal(ulong.MaxValue, PointValue.FromUInt64(ulong.MaxValue).AsUInt64());
        Assert.Equal(-1.5f, PointValue.FromSingle(-1.5f).AsSingle());
        Assert.Equal(double.MaxValue, PointValue.FromDouble(double.MaxValue).AsDouble());
        Assert.Equal("on", PointValue.FromText("on").AsText());
    }

    [Fact]
    public void Integers_convert_as_long_as_they_fit()
    {
        Assert.Equal(7UL, PointValue.FromInt64(7).AsUInt64());
        Assert.Equal(7L, PointValue.FromUInt64(7).AsInt64());
        Assert.Throws<InvalidOperationException>(() => PointValue.FromInt64(-1).AsUInt64());
        Assert.Throws<InvalidOperationException>(() => PointValue.FromUInt64(ulong.MaxValue).AsInt64());
    }

    [Fact]
    public void Every_number_can_be_had_as_a_double()
    {
        Assert.Equal(-7d, PointValue.FromInt64(-7).AsDouble());
        Assert.Equal(1.8446744073709552E+19, PointValue.FromUInt64(ulong.MaxValue).AsDouble());
        Assert.Equal(0.5, PointValue.FromSingle(0.5f).AsDouble());
        Assert.Throws<InvalidOperationException>(() => PointValue.FromBoolean(true).AsDouble());
    }

    [Fact]
    public void Another_kind_is_refused_with_both_names()
    {
        var fault = Assert.Throws<InvalidOperationException>(() => PointValue.FromText("1").AsBoolean());

        Assert.Equal("The value is a Text, not a Flag.", fault.Message);
        Assert.Throws<InvalidOperationException>(() => PointValue.FromInt64(1).AsText());
        Assert.Throws<InvalidOperationException>(() => PointValue.FromDouble(1).AsSingle());
    }

    [Fact]
    public void Values_are_equal_by_kind_and_content()
    {
        Assert.Equal(PointValue.FromInt64(1), PointValue.FromInt64(1));
        Assert.NotEqual(PointValue.FromInt64(1), PointValue.FromUInt64(1));
        Assert.Equal(PointValue.FromDouble(double.NaN), PointValue.FromDouble(double.NaN));
        Assert.Equal(PointValue.FromBoolean(false), default);
    }
}
