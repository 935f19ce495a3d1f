using System.Diagnostics;
using CsCheck;

namespace Sallyport.Telemetry.Tests;

/// <summary>The property <c>traceparent</c>.</summary>
public sealed class TraceParentTests
{
    // W3C Trace Context, section 3.2.2.5, first example.
    private const string Golden = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private static readonly ActivityContext Span = new(
        ActivityTraceId.CreateFromString("4bf92f3577b34da6a3ce929d0e0e4736"), ActivitySpanId.CreateFromString("00f067aa0ba902b7"), ActivityTraceFlags.Recorded);

    [Fact]
    public void It_is_spelt_as_the_recommendation_says() => Assert.Equal(Golden, TraceParent.Of(Span));

    [Fact]
    public void It_is_read_as_it_is_written_and_takes_66_bytes()
    {
        HubMessage message = TraceParent.AddTo(new HubMessage { MessageId = "1", Body = "{}"u8.ToArray() }, Span);
        Assert.True(TraceParent.TryRead(message.Properties, out ActivityContext read));
        Assert.Equal((Span.TraceId, Span.SpanId, Span.TraceFlags, true), (read.TraceId, read.SpanId, read.TraceFlags, read.IsRemote));
        Assert.Equal(66, message.Properties.Sum(property => property.Key.Length + property.Value.Length));
    }

    [Fact]
    public void A_second_one_takes_the_place_of_the_first()
    {
        var other = new ActivityContext(Span.TraceId, ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded);
        HubMessage message = TraceParent.AddTo(TraceParent.AddTo(new HubMessage { MessageId = "1", Body = default }, Span), other);
        Assert.Equal(TraceParent.Of(other), Assert.Single(message.Properties).Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00")]
    [InlineData("00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01")]
    [InlineData("00-00000000000000000000000000000000-00f067aa0ba902b7-01")]
    [InlineData("00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01")]
    [InlineData("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-x")]
    [InlineData("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902bé-01")]
    [InlineData("ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")]
    public void A_span_that_is_not_recorded_or_spelt_otherwise_is_none(string text) => Assert.False(TraceParent.TryRead(With(text), out _));

    [Fact]
    public void Without_the_property_there_is_none() => Assert.False(TraceParent.TryRead(new Dictionary<string, string>(StringComparer.Ordinal), out _));

    [Fact]
    public void Whatever_the_text_is_it_is_no_span_or_the_one_that_is_written_so() =>
        Gen.OneOf(Gen.String, Gen.String[Gen.Char["0123456789abcdef-"], 55, 55], Gen.Const(Golden)).Sample(text =>
            !TraceParent.TryRead(With(text), out ActivityContext span) || string.Equals(TraceParent.Of(span), text, StringComparison.Ordinal));

    private static Dictionary<string, string> With(string text) => new(StringComparer.Ordinal) { [MessageProperties.TraceParent] = text };
}
