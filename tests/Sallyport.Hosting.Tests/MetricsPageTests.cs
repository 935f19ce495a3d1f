using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using CsCheck;
using Sallyport.Hosting.Scraping;

namespace Sallyport.Hosting.Tests;

/// <summary>The Prometheus text format, strictly.</summary>
public sealed class MetricsPageTests
{
    private static readonly FrozenSet<string> Wanted = FrozenSet.Create(StringComparer.Ordinal, "a_total", "b");

    [Fact]
    public void The_example_of_the_format_is_read()
    {
        ImmutableArray<MetricSample> samples = Read(
            """
            # HELP http_requests_total The total number of HTTP requests.
            # TYPE http_requests_total counter
            http_requests_total{method="post",code="200"} 1027 1395066363000

            # Escaping in label values:
            b{path="C:\\DIR\\FILE.TXT",error="Cannot find file:\n\"FILE.TXT\""} 1.458255915e9
            # Minimalistic line:
            metric_without_timestamp_and_labels 12.47
            something_weird{problem="division by zero"} +Inf -3982045
            http_request_duration_seconds_bucket{le="+Inf"} 144320
            """);

        MetricSample sample = Assert.Single(samples);
        Assert.Equal(("b", 1.458255915e9), (sample.Name, sample.Value));
        Assert.Equal("C:\\DIR\\FILE.TXT", sample.Labels["path"]);
        Assert.Equal("Cannot find file:\n\"FILE.TXT\"", sample.Labels["error"]);
    }

    [Theory]
    [InlineData("b 1", 1)]
    [InlineData("b -0.5", -0.5)]
    [InlineData("  b\t{ x = \"1\" , y = \"2\" , }\t7 ", 7)]
    [InlineData("b{} 2", 2)]
    [InlineData("b NaN", double.NaN)]
    [InlineData("b Nan", double.NaN)]
    [InlineData("b -Inf", double.NegativeInfinity)]
    public void Values_and_blanks_are_read(string line, double value) => Assert.Equal(value, Assert.Single(Read(line)).Value);

    [Theory]
    [InlineData("b")]
    [InlineData("b ")]
    [InlineData("b x")]
    [InlineData("b 1 x")]
    [InlineData("b 1 2 3")]
    [InlineData("b 1 # {trace_id=\"1\"} 0.5")]
    [InlineData("b Infinity")]
    [InlineData("b 1e999")]
    [InlineData("b 0x10")]
    [InlineData("b 1,5")]
    [InlineData("1b 1")]
    [InlineData("ü 1")]
    [InlineData("b-c 1")]
    [InlineData("{x=\"1\"} 1")]
    [InlineData("b{x=\"1\" 1")]
    [InlineData("b{x=\"1} 1")]
    [InlineData("b{x=\"1\\\"} 1")]
    [InlineData("b{x=\"\\t\"} 1")]
    [InlineData("b{x=1} 1")]
    [InlineData("b{x} 1")]
    [InlineData("b{x:y=\"1\"} 1")]
    [InlineData("b{,} 1")]
    [InlineData("b{x=\"1\",,y=\"2\"} 1")]
    [InlineData("b{x=\"1\" y=\"2\"} 1")]
    [InlineData("b{x=\"1\",x=\"2\"} 1")]
    [InlineData("b{x=\"1\"}} 1")]
    [InlineData("b 1\r")]
    public void Anything_else_spoils_the_page(string line)
    {
        Assert.False(MetricsPage.TryRead(Encoding.UTF8.GetBytes($"a_total 1\n{line}\n"), Wanted, out var samples, out var fault));
        Assert.Empty(samples);
        Assert.Equal("line 2 is not in the Prometheus text format", fault);
    }

    [Fact]
    public void A_line_has_at_most_32_labels()
    {
        Assert.Equal(32, Assert.Single(Read(WithLabels(32))).Labels.Count);
        Assert.False(MetricsPage.TryRead(Encoding.UTF8.GetBytes(WithLabels(33)), Wanted, out _, out _));
    }

    [Fact]
    public void A_page_larger_than_the_limit_is_refused()
    {
        Assert.True(MetricsPage.TryRead(Page(MetricsPage.MaxBytes), Wanted, out _, out _));
        Assert.False(MetricsPage.TryRead(Page(MetricsPage.MaxBytes + 1), Wanted, out _, out var fault));
        Assert.Equal("larger than 1048576 bytes", fault);
    }

    [Fact]
    public void More_samples_than_any_edgeHub_has_are_refused()
    {
        var lines = string.Concat(Enumerable.Repeat("b 1\n", MetricsPage.MaxSamples + 1));

        Assert.False(MetricsPage.TryRead(Encoding.UTF8.GetBytes(lines), Wanted, out _, out var fault));
        Assert.Equal("more than 4096 samples", fault);
    }

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_refused()
    {
        Assert.False(MetricsPage.TryRead("b{x=\"\xFF\"} 1"u8.ToArray().Select(value => value == 0xC3 ? (byte)0xFF : value).ToArray(), Wanted, out _, out var fault));
        Assert.Equal("not UTF-8", fault);
    }

    [Fact]
    public void Random_pages_never_throw() =>
        Gen.Char["ab_{}=\",\\n 1.eE+-#\n\t\u00fc"].Array[0, 60].Sample(
            page => { MetricsPage.TryRead(Encoding.UTF8.GetBytes(page), Wanted, out _, out _); }, iter: 10_000);

    [Fact]
    public void Random_bytes_never_throw() =>
        Gen.Byte.Array[0, 60].Sample(page => { MetricsPage.TryRead(page, Wanted, out _, out _); }, iter: 5000);

    private static ImmutableArray<MetricSample> Read(string page)
    {
        Assert.True(MetricsPage.TryRead(Encoding.UTF8.GetBytes(page), Wanted, out var samples, out var fault), fault);
        return samples;
    }

    private static string WithLabels(int count) => $"b{{{string.Join(',', Enumerable.Range(0, count).Select(at => $"l{at}=\"\""))}}} 1";

    private static byte[] Page(int size) => [.. "#"u8, .. Enumerable.Repeat((byte)' ', size - 1)];
}
