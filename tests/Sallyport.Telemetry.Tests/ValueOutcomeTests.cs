namespace Sallyport.Telemetry.Tests;

/// <summary>There is a value or a reason, never both.</summary>
public sealed class ValueOutcomeTests
{
    [Fact]
    public void A_value_is_good_and_has_no_reason()
    {
        ValueOutcome outcome = ValueOutcome.Good(PointValue.FromInt64(7));

        Assert.Equal((PointValue.FromInt64(7), StatusCode.Good, null), (outcome.Value, outcome.Status, outcome.Reason));
        Assert.Equal(PointValue.FromInt64(7), Point.Of("a", outcome).Value);
    }

    [Fact]
    public void What_json_cannot_say_is_out_of_range()
    {
        Assert.Equal(ValueOutcome.Bad(StatusCode.BadOutOfRange, "not finite"), ValueOutcome.Good(PointValue.FromDouble(double.NaN)));
        Assert.Equal(ValueOutcome.Bad(StatusCode.BadOutOfRange, "not finite"), ValueOutcome.Good(PointValue.FromSingle(float.PositiveInfinity)));
    }

    [Fact]
    public void No_value_has_a_status_and_a_reason_and_perhaps_a_last_value()
    {
        var at = new DateTimeOffset(2026, 11, 22, 10, 15, 0, TimeSpan.Zero);
        Point point = Point.Of("a", ValueOutcome.Bad(StatusCode.BadNoData, "not available"), PointValue.FromInt64(3), at);

        Assert.Equal((null, StatusCode.BadNoData, "not available"), (point.Value, point.Status, point.Reason));
        Assert.Equal((PointValue.FromInt64(3), at), (point.LastValue, point.LastAt));
        Assert.Null(Point.Of("a", ValueOutcome.Good(PointValue.FromInt64(4)), PointValue.FromInt64(3), at).LastValue);
    }

    [Fact]
    public void What_is_not_there_cannot_be_good() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ValueOutcome.Bad(StatusCode.Good, "fine"));
}
