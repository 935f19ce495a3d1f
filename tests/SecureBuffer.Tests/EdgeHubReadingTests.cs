using System.Text;
using Sallyport.Hosting.Scraping;
using Sallyport.SecureBuffer.EdgeHub;

namespace Sallyport.SecureBuffer.Tests;

/// <summary>What is taken from edgeHub's page.</summary>
public sealed class EdgeHubReadingTests
{
    private const string Common = "iothub=\"h\",edge_device=\"d\",instance_number=\"A\",ms_telemetry=\"True\"";

    [Fact]
    public void Only_what_leaves_by_our_output_to_the_cloud_counts_as_sent() => Assert.Equal(
        new EdgeHubReading("A", 12, 0, 0),
        Read(
            Sent(12),
            $"edgehub_messages_sent_total{{{Common},from=\"d/SecureBuffer\",to=\"upstream\",from_route_output=\"other\",priority=\"1\"}} 100",
            $"edgehub_messages_sent_total{{{Common},from=\"d/SecureBuffer\",to=\"d/Other\",from_route_output=\"upstream\",priority=\"1\"}} 100",
            $"edgehub_messages_sent_total{{{Common},from=\"d/SecureBuffer2\",to=\"upstream\",from_route_output=\"upstream\",priority=\"1\"}} 100"));

    [Fact]
    public void Priorities_are_added_up() => Assert.Equal(new EdgeHubReading("A", 15, 0, 0), Read(Sent(12), Sent(3, "2000000000")));

    [Fact]
    public void Drops_of_ours_count_whatever_their_reason() => Assert.Equal(
        new EdgeHubReading("A", 0, 5, 0),
        Read(
            $"edgehub_messages_dropped_total{{{Common},reason=\"no_route\",from=\"d/SecureBuffer\",from_route_output=\"upstream\"}} 2",
            $"edgehub_messages_dropped_total{{{Common},reason=\"ttl_expiry\",from=\"d/SecureBuffer\",from_route_output=\"upstream\"}} 3",
            $"edgehub_messages_dropped_total{{{Common},reason=\"ttl_expiry\",from=\"d/Other\",from_route_output=\"upstream\"}} 100"));

    [Fact]
    public void All_queues_to_the_cloud_count_until_ours_is_known() =>
        Assert.Equal(new EdgeHubReading("A", 0, 0, 7), Read(Queue(3, "1"), Queue(4, "2000000000"), Queue(100, "1", "d/Other/in")));

    [Fact]
    public void Then_only_the_queues_of_our_priorities_do() =>
        Assert.Equal(new EdgeHubReading("A", 12, 0, 3), Read(Sent(12), Queue(3, "1"), Queue(4, "2000000000")));

    [Fact]
    public void A_queue_below_zero_is_empty() => Assert.Equal(new EdgeHubReading("A", 0, 0, 0), Read(Queue(-1, "1")));

    [Fact]
    public void An_edgeHub_that_has_nothing_to_tell_has_no_instance() => Assert.Equal(new EdgeHubReading("", 0, 0, 0), Read(""));

    [Fact]
    public void The_instance_is_known_before_anything_was_sent() =>
        Assert.Equal(new EdgeHubReading("A", 0, 0, 0), Read($"edgehub_client_connect_success_total{{{Common},id=\"d/SecureBuffer\"}} 1"));

    [Theory]
    [InlineData("NaN")]
    [InlineData("+Inf")]
    [InlineData("-1")]
    [InlineData("0.5")]
    [InlineData("1e300")]
    public void A_counter_that_is_no_count_is_not_believed(string value) => Assert.Null(Read(
        $"edgehub_messages_sent_total{{{Common},from=\"d/SecureBuffer\",to=\"upstream\",from_route_output=\"upstream\",priority=\"1\"}} {value}"));

    [Fact]
    public void Two_instances_on_one_page_are_not_believed() =>
        Assert.Null(Read(Sent(1), Queue(0, "1").Replace("\"A\"", "\"B\"", StringComparison.Ordinal)));

    private static string Sent(int count, string priority = "1") =>
        $"edgehub_messages_sent_total{{{Common},from=\"d/SecureBuffer\",to=\"upstream\",from_route_output=\"upstream\",to_route_input=\"\",priority=\"{priority}\"}} {count}";

    private static string Queue(int length, string priority, string endpoint = "iothub") =>
        $"edgehub_queue_length{{{Common},endpoint=\"{endpoint}\",priority=\"{priority}\"}} {length}";

    private static EdgeHubReading? Read(params string[] lines)
    {
        Assert.True(MetricsPage.TryRead(Encoding.UTF8.GetBytes(string.Join('\n', lines)), EdgeHubReading.Wanted, out var samples, out var fault), fault);
        return EdgeHubReading.Of(samples, "d/SecureBuffer", "upstream");
    }
}
