using System.Collections.Immutable;
using System.Globalization;
using CsCheck;
using Sallyport.Telemetry;

namespace Sallyport.Acquisition.Tests;

public sealed class ValueTransformTests
{
    private static readonly ValueTransform OnOff = new() { Words = Words((0, "off"), (1, "on"), (-1, "fault")) };

    [Fact]
    public void Nothing_to_do_leaves_every_value_as_it_is() => Gen.Long.Sample(number =>
    {
        ValueOutcome raw = Whole(number);
        return ValueTransform.None.Apply(raw) == raw && new ValueTransform().Apply(raw) == raw;
    });

    [Theory]
    [InlineData(1.0, 0.0, 7, "7")]
    [InlineData(0.1, 0.0, 7, "0.7")]
    [InlineData(0.1, 0.0, 3, "0.3")]
    [InlineData(0.001, 0.0, 1005, "1.005")]
    [InlineData(0.05, 0.0, 7, "0.35")]
    [InlineData(0.1, -40.0, 612, "21.2")]
    [InlineData(-2.5, 1.5, 2, "-3.5")]
    [InlineData(1000.0, 0.0, -3, "-3000")]
    [InlineData(0.0025, 0.0, 1001, "2.5025")]
    [InlineData(-0.5, 0.0, 0, "0")]
    [InlineData(0.1, 0.0, long.MaxValue, "9.223372036854776E+17")]
    [InlineData(1e300, 0.0, 1, "1E+300")]
    [InlineData(0.30000000000000004, 0.0, 1, "0.30000000000000004")]
    public void A_number_is_scaled_and_then_shifted(double scale, double offset, long raw, string expected)
    {
        ValueOutcome outcome = new ValueTransform { Scale = scale, Offset = offset }.Apply(Whole(raw));
        Assert.Equal(PointValueKind.DoublePrecision, outcome.Value!.Value.Kind);
        Assert.Equal(expected, outcome.Value.ToString());
    }

    [Fact]
    public void Tenths_to_millionths_give_the_decimal_that_a_person_expects() =>
        Gen.Select(Gen.Int, Gen.Int[0, 6]).Sample((number, digits) =>
        {
            double scale = double.Parse($"1e-{digits}", CultureInfo.InvariantCulture);
            double expected = double.Parse($"{number}e-{digits}", CultureInfo.InvariantCulture);
            return new ValueTransform { Scale = scale }.Apply(Whole(number)).Value == PointValue.FromDouble(expected + 0.0)
                && new ValueTransform { ScaleFrom = "sf" }.Apply(Whole(number), Whole(-digits)).Value == PointValue.FromDouble(expected + 0.0);
        });

    // Facts 6.21: the reserved numbers of the device are compared before it is scaled.
    [Fact]
    public void A_reserved_number_means_that_there_is_no_value()
    {
        var transform = new ValueTransform { NullValues = [PointValue.FromInt64(-32768), PointValue.FromInt64(32767)], Scale = 0.1, Min = 0 };
        Assert.Equal((StatusCode.BadNoData, "not available"), Failure(transform.Apply(Whole(-32768))));
        Assert.Equal((StatusCode.BadNoData, "not available"), Failure(transform.Apply(Whole(32767))));
        Assert.Equal("3276.6", transform.Apply(Whole(32766)).Value.ToString());
    }

    [Fact]
    public void A_reserved_number_is_found_in_every_kind()
    {
        var written = new ValueTransform
        {
            NullValues = [PointValue.FromDouble(-999.9), PointValue.FromUInt64(ulong.MaxValue), PointValue.FromInt64(0x7FFF), PointValue.FromInt64(0)],
        };
        PointValue[] reserved =
        [
            PointValue.FromSingle(-999.9f), PointValue.FromDouble(-999.9), PointValue.FromUInt64(ulong.MaxValue), PointValue.FromUInt64(0x7FFF),
            PointValue.FromInt64(0x7FFF), PointValue.FromSingle(32767f), PointValue.FromDouble(-0.0),
        ];
        Assert.All(reserved, value => Assert.Equal(StatusCode.BadNoData, written.Apply(ValueOutcome.Good(value)).Status));
        PointValue[] others =
            [PointValue.FromInt64(-1), PointValue.FromSingle(-999.8f), PointValue.FromUInt64(5), PointValue.FromText("0"), PointValue.FromBoolean(false)];
        Assert.All(others, value => Assert.Equal(value, written.Apply(ValueOutcome.Good(value)).Value));
    }

    [Fact]
    public void What_is_beyond_the_bounds_becomes_the_bound()
    {
        var transform = new ValueTransform { Min = 0, Max = 100 };
        Assert.Equal(PointValue.FromInt64(0), transform.Apply(Whole(-5)).Value);
        Assert.Equal(PointValue.FromInt64(100), transform.Apply(Whole(101)).Value);
        Assert.Equal(PointValue.FromInt64(100), transform.Apply(Whole(100)).Value);
        Assert.Equal(PointValue.FromSingle(100), transform.Apply(ValueOutcome.Good(PointValue.FromSingle(1e9f))).Value);
        Assert.Equal(PointValue.FromDouble(100), (transform with { Scale = 2 }).Apply(Whole(51)).Value);
        Assert.Equal(PointValue.FromDouble(0.5), new ValueTransform { Min = 0.5 }.Apply(Whole(0)).Value);
        Assert.Equal(PointValue.FromInt64(7), new ValueTransform { Max = 9 }.Apply(Whole(7)).Value);
    }

    [Fact]
    public void A_bound_holds_for_every_number() =>
        Gen.Select(Gen.Double.Where(double.IsFinite), Gen.Double[-1e6, 0], Gen.Double[0, 1e6]).Sample((number, min, max) =>
            new ValueTransform { Min = min, Max = max }.Apply(ValueOutcome.Good(PointValue.FromDouble(number))).Value!.Value.AsDouble() >= min
            && new ValueTransform { Min = min, Max = max }.Apply(ValueOutcome.Good(PointValue.FromDouble(number))).Value!.Value.AsDouble() <= max);

    [Fact]
    public void What_is_not_finite_after_scaling_is_bad_and_does_not_become_a_bound()
    {
        var transform = new ValueTransform { Scale = 1e300, Max = 10 };
        Assert.Equal((StatusCode.BadOutOfRange, "not finite"), Failure(transform.Apply(ValueOutcome.Good(PointValue.FromDouble(1e300)))));
        Assert.Equal((StatusCode.BadOutOfRange, "not finite"), Failure(transform.Apply(ValueOutcome.Good(PointValue.FromSingle(float.NaN)))));
    }

    [Fact]
    public void A_number_becomes_its_word()
    {
        Assert.Equal(PointValue.FromText("on"), OnOff.Apply(Whole(1)).Value);
        Assert.Equal(PointValue.FromText("fault"), OnOff.Apply(Whole(-1)).Value);
        Assert.Equal(PointValue.FromText("on"), OnOff.Apply(ValueOutcome.Good(PointValue.FromBoolean(true))).Value);
        Assert.Equal(PointValue.FromText("off"), OnOff.Apply(ValueOutcome.Good(PointValue.FromUInt64(0))).Value);
    }

    [Fact]
    public void A_number_without_a_word_is_bad_and_says_which_it_was()
    {
        Assert.Equal((StatusCode.BadOutOfRange, "no word for 5"), Failure(OnOff.Apply(Whole(5))));
        Assert.Equal((StatusCode.BadOutOfRange, "no word for 1.5"), Failure(OnOff.Apply(ValueOutcome.Good(PointValue.FromSingle(1.5f)))));
        Assert.Equal(StatusCode.BadOutOfRange, OnOff.Apply(ValueOutcome.Good(PointValue.FromUInt64(ulong.MaxValue))).Status);
    }

    // Facts 6.24.
    [Theory]
    [InlineData(2307, -1, "230.7")]
    [InlineData(7, -3, "0.007")]
    [InlineData(-5, 0, "-5")]
    [InlineData(12, 3, "12000")]
    [InlineData(1, 22, "1E+22")]
    public void A_power_of_ten_comes_from_another_point(long raw, long power, string expected) =>
        Assert.Equal(expected, new ValueTransform { ScaleFrom = "sf" }.Apply(Whole(raw), Whole(power)).Value.ToString());

    [Fact]
    public void Without_a_good_scale_there_is_no_value()
    {
        var transform = new ValueTransform { ScaleFrom = "sf", NullValues = [PointValue.FromInt64(0x8000)] };
        ValueOutcome bad = ValueOutcome.Bad(StatusCode.BadTimeout, "timeout");
        Assert.Equal((StatusCode.BadTimeout, "no scale: timeout"), Failure(transform.Apply(Whole(1), bad)));
        Assert.Equal((StatusCode.BadOutOfRange, "scale 10^23"), Failure(transform.Apply(Whole(1), Whole(23))));
        Assert.Equal((StatusCode.BadOutOfRange, "scale 10^-32768"), Failure(transform.Apply(Whole(1), Whole(short.MinValue))));
        Assert.Equal((StatusCode.BadOutOfRange, $"scale 10^{long.MinValue}"), Failure(transform.Apply(Whole(1), Whole(long.MinValue))));
        Assert.Equal(StatusCode.BadConfigurationError, transform.Apply(Whole(1), ValueOutcome.Good(PointValue.FromSingle(1))).Status);
        Assert.Equal((StatusCode.BadConfigurationError, "its scale was not read"), Failure(transform.Apply(Whole(1))));
        Assert.Equal((StatusCode.BadNoData, "not available"), Failure(transform.Apply(Whole(0x8000), bad)));
        Assert.Equal("0.1", transform.Apply(Whole(1), Whole(-1)).Value.ToString());
    }

    [Fact]
    public void What_was_bad_before_stays_so()
    {
        ValueOutcome bad = ValueOutcome.Bad(StatusCode.BadTimeout, "timeout");
        ValueTransform[] all = [ValueTransform.None, OnOff, new() { Scale = 2 }, new() { Min = 1 }, new() { ScaleFrom = "sf" }];
        Assert.All(all, transform => Assert.Equal((bad, bad), (transform.Apply(bad), transform.Apply(bad, Whole(1)))));
    }

    [Fact]
    public void Transforms_are_equal_if_they_do_the_same()
    {
        static ValueTransform Make() => new()
        {
            NullValues = [PointValue.FromInt64(1)],
            Scale = 0.1,
            Offset = 2,
            Min = 3,
            Max = 4,
            Words = Words((1, "a")),
            ScaleFrom = "sf",
        };
        Assert.Equal(Make(), Make());
        Assert.Equal(Make().GetHashCode(), Make().GetHashCode());
        ValueTransform[] others =
        [
            ValueTransform.None, Make() with { NullValues = [PointValue.FromInt64(2)] }, Make() with { Scale = 1 }, Make() with { Offset = null },
            Make() with { Min = 2 }, Make() with { Max = null }, Make() with { Words = Words((1, "b")) }, Make() with { ScaleFrom = "SF" },
        ];
        Assert.All(others, other => Assert.NotEqual(Make(), other));
    }

    private static ValueOutcome Whole(long value) => ValueOutcome.Good(PointValue.FromInt64(value));

    private static (StatusCode Status, string? Reason) Failure(ValueOutcome outcome)
    {
        Assert.Null(outcome.Value);
        return (outcome.Status, outcome.Reason);
    }

    private static ImmutableSortedDictionary<long, string> Words(params (long Number, string Word)[] words) =>
        words.ToImmutableSortedDictionary(word => word.Number, word => word.Word);
}
