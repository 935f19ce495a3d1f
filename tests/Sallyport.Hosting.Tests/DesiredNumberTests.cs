using System.Text.Json;
using Sallyport.Hosting.Configuration;
using Sallyport.Telemetry;

namespace Sallyport.Hosting.Tests;

/// <summary>Numbers in the desired properties keep what the person wrote.</summary>
public sealed class DesiredNumberTests
{
    [Theory]
    [InlineData("7", PointValueKind.SignedInteger, "7")]
    [InlineData("-9223372036854775808", PointValueKind.SignedInteger, "-9223372036854775808")]
    [InlineData("18446744073709551615", PointValueKind.UnsignedInteger, "18446744073709551615")]
    [InlineData("18446744073709551616", PointValueKind.DoublePrecision, "1.8446744073709552E+19")]
    [InlineData("0.1", PointValueKind.DoublePrecision, "0.1")]
    [InlineData("1.0", PointValueKind.DoublePrecision, "1")]
    public void A_number_is_exact_where_it_can_be(string written, PointValueKind kind, string expected)
    {
        Read($"{{\"n\":{written}}}", reader =>
        {
            Assert.True(reader.TryNumber(out PointValue value));
            Assert.Equal((kind, expected), (value.Kind, value.ToString()));
            Assert.True(reader.TryNumber(out double? number));
            Assert.Equal(value.AsDouble(), number);
        });
    }

    [Theory]
    [InlineData("{\"n\":\"7\"}", "/n: \"7\" is not a number.")]
    [InlineData("{\"n\":true}", "/n: true is not a number.")]
    [InlineData("{\"n\":null}", "/n: null is not a number.")]
    [InlineData("{\"n\":1e999}", "/n: 1e999 is not a number.")]
    [InlineData("{}", "/n: It is missing.")]
    public void What_is_no_number_is_refused(string document, string expected) => Assert.Equal(expected, Read(document, reader =>
    {
        Assert.False(reader.TryNumber(out PointValue value));
        Assert.Equal(default, value);
    }));

    [Fact]
    public void A_number_that_may_be_left_out_is_null_then() => Assert.Equal("", Read("{}", reader =>
    {
        Assert.True(reader.TryNumber(out double? number));
        Assert.Null(number);
    }));

    private static string Read(string json, Action<DesiredReader> read)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        var faults = new DesiredFaults();
        read(DesiredReader.Root(document.RootElement, faults)["n"]);
        return string.Join('|', faults.ToImmutable().Select(fault => $"{fault.Pointer}: {fault.Reason}"));
    }
}
