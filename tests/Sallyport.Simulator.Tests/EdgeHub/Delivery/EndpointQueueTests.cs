using System.Text;
using Microsoft.Extensions.Time.Testing;
using Sallyport.Manifest.Routing;
using Sallyport.Simulator.EdgeHub.Delivery;
using Sallyport.Simulator.EdgeHub.Metrics;
using Sallyport.Simulator.Tests.Brokers;

namespace Sallyport.Simulator.Tests.EdgeHub.Delivery;

public sealed class EndpointQueueTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Messages_come_out_in_order_until_they_are_removed()
    {
        var queue = new EndpointQueue(_time);
        queue.Add(Message("1"), timeToLive: null);
        queue.Add(Message("2"), timeToLive: null);

        List<QueuedMessage> first = queue.Peek(1, FailOnExpiry);
        Assert.True(queue.Remove(first[0]));

        Assert.Equal(["1"], Texts(first));
        Assert.Equal(["2"], Texts(queue.Peek(10, FailOnExpiry)));
        Assert.False(queue.Remove(first[0]));
    }

    [Fact]
    public void A_message_expires_by_the_time_to_live_it_was_queued_with()
    {
        var queue = new EndpointQueue(_time);
        queue.Add(Message("short"), TimeSpan.FromSeconds(60));
        queue.Add(Message("long"), TimeSpan.FromSeconds(90));
        queue.Add(Message("for ever"), timeToLive: null);
        var expired = new List<QueuedMessage>();

        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(["long", "for ever"], Texts(queue.Peek(10, expired.Add)));
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(["for ever"], Texts(queue.Peek(10, expired.Add)));

        Assert.Equal(["short", "long"], Texts(expired));
        Assert.Equal(1, queue.Count);
    }

    [Fact]
    public void What_nobody_reads_does_not_expire()
    {
        var queue = new EndpointQueue(_time);
        queue.Add(Message("1"), TimeSpan.FromSeconds(60));

        _time.Advance(TimeSpan.FromDays(1));

        Assert.Equal(1, queue.Count);
    }

    [Fact]
    public void A_better_priority_starves_the_others()
    {
        var backlog = new EndpointBacklog("iothub", static () => { }, _time);
        backlog.Add(Message("usual"), 2_000_000_000, timeToLive: null);
        backlog.Add(Message("urgent"), 0, timeToLive: null);

        IReadOnlyList<QueuedMessage> first = backlog.Peek(10, out long priority);
        backlog.Remove(first[0], priority);

        Assert.Equal(["urgent"], Texts(first));
        Assert.Equal(0, priority);
        Assert.Equal(["usual"], Texts(backlog.Peek(10, out _)));
    }

    [Fact]
    public void The_length_is_a_gauge_and_an_expired_message_is_counted()
    {
        var metrics = new EdgeHubMetrics("hub", "edge-1", Guid.NewGuid());
        var backlog = new EndpointBacklog("iothub", static () => { }, _time);
        backlog.Add(Message("1"), 3, TimeSpan.FromSeconds(60));
        backlog.ReportTo(metrics);
        Assert.Equal(1, Find(metrics, "edgehub_queue_length", ("endpoint", "iothub"), ("priority", "3")));

        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Empty(backlog.Peek(10, out _));

        Assert.Equal(0, Find(metrics, "edgehub_queue_length", ("endpoint", "iothub"), ("priority", "3")));
        Assert.Equal(
            1,
            Find(
                metrics,
                "edgehub_messages_dropped_total",
                ("reason", "ttl_expiry"),
                ("from", "edge-1/alpha"),
                ("from_route_output", "telemetry")));
    }

    private static double? Find(EdgeHubMetrics metrics, string name, params (string Name, string Value)[] labels) =>
        PrometheusText.Parse(metrics.Render()).Find(name, labels);

    private static RoutedMessage Message(string text) => new()
    {
        Source = "/messages/modules/alpha/outputs/telemetry",
        Sender = new HubIdentity("edge-1", "alpha"),
        Output = "telemetry",
        Body = Encoding.UTF8.GetBytes(text),
    };

    private static IEnumerable<string> Texts(IEnumerable<QueuedMessage> messages) =>
        messages.Select(queued => Encoding.UTF8.GetString(queued.Message.Body.Span));

    private static void FailOnExpiry(QueuedMessage message) => Assert.Fail("Nothing has expired.");
}
