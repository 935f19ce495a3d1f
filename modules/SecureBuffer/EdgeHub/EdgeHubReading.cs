using System.Collections.Frozen;
using System.Collections.Immutable;
using Sallyport.Hosting.Scraping;

namespace Sallyport.SecureBuffer.EdgeHub;

/// <summary>What edgeHub says about one module's messages on their way to IoT Hub.</summary>
/// <param name="Instance"><c>instance_number</c>: new at each start of edgeHub. Empty if no sample told it.</param>
/// <param name="Sent">Messages of ours that IoT Hub acknowledged to this instance.</param>
/// <param name="Dropped">Messages of ours that this instance dropped, for whatever reason.</param>
/// <param name="Queued">Messages that wait for IoT Hub in the queues that ours go through.</param>
/// <remarks>edgehub_messages_sent_total grows after the send to IoT Hub has returned (CloudProxy.SendMessageAsync); edgehub_queue_length grows before a
/// message is acknowledged to its sender and shrinks after it was sent (Checkpointer.Propose and CommitAsync).</remarks>
internal sealed record EdgeHubReading(string Instance, long Sent, long Dropped, long Queued)
{
    private const string SentMetric = "edgehub_messages_sent_total";
    private const string DroppedMetric = "edgehub_messages_dropped_total";
    private const string QueueMetric = "edgehub_queue_length";
    private const string ConnectMetric = "edgehub_client_connect_success_total";
    private const string UpstreamEndpoint = "iothub";

    /// <summary>Counters are doubles in this format; beyond this they stop counting by one.</summary>
    private const double LargestCount = 1L << 53;

    /// <summary>The metrics that are looked at; the last only for its instance number, as it is there from the first connection on.</summary>
    public static FrozenSet<string> Wanted { get; } =
        FrozenSet.Create(StringComparer.Ordinal, SentMetric, DroppedMetric, QueueMetric, ConnectMetric);

    /// <summary>Reads the samples of one page. Null if they contradict themselves.</summary>
    /// <param name="samples">Of the <see cref="Wanted"/> metrics.</param>
    /// <param name="sender">Our identity: <c>device/module</c>.</param>
    /// <param name="output">The output that pages leave by.</param>
    public static EdgeHubReading? Of(ImmutableArray<MetricSample> samples, string sender, string output)
    {
        MetricSample[] sent =
        [
            .. samples.Where(sample => Is(sample, SentMetric) && Has(sample, "from", sender)
                && Has(sample, "to", "upstream") && Has(sample, "from_route_output", output)),
        ];
        IEnumerable<MetricSample> dropped = samples.Where(sample =>
            Is(sample, DroppedMetric) && Has(sample, "from", sender) && Has(sample, "from_route_output", output));

        // Other modules' backlogs of another priority are no reason to wait. Before the first page was sent its priority is not known.
        FrozenSet<string> priorities = sent.Select(sample => Label(sample, "priority")).ToFrozenSet(StringComparer.Ordinal);
        IEnumerable<MetricSample> queues = samples
            .Where(sample => Is(sample, QueueMetric) && Has(sample, "endpoint", UpstreamEndpoint)
                && (priorities.Count == 0 || priorities.Contains(Label(sample, "priority"))))
            .Select(NotBelowZero);

        string[] instances =
        [
            .. samples.Select(sample => Label(sample, "instance_number"))
                .Where(instance => instance.Length > 0)
                .Distinct(StringComparer.Ordinal),
        ];
        return instances.Length <= 1 && Sum(sent) is { } sentCount && Sum(dropped) is { } droppedCount && Sum(queues) is { } queued
            ? new EdgeHubReading(instances is [var instance] ? instance : "", sentCount, droppedCount, queued)
            : null;
    }

    private static bool Is(MetricSample sample, string name) => string.Equals(sample.Name, name, StringComparison.Ordinal);

    private static bool Has(MetricSample sample, string label, string value) =>
        string.Equals(Label(sample, label), value, StringComparison.Ordinal);

    private static string Label(MetricSample sample, string name) => sample.Labels.GetValueOrDefault(name, "");

    // edgeHub may count a message out of the queue before it has counted it in.
    private static MetricSample NotBelowZero(MetricSample sample) => sample.Value < 0 ? sample with { Value = 0 } : sample;

    /// <summary>Null unless every value is a whole number that is not negative.</summary>
    private static long? Sum(IEnumerable<MetricSample> samples)
    {
        double sum = 0;
        foreach (MetricSample sample in samples)
        {
            if (!(sample.Value >= 0 && sample.Value <= LargestCount && Math.Floor(sample.Value) == sample.Value))
            {
                return null;
            }

            sum += sample.Value;
        }

        return sum <= LargestCount ? (long)sum : null;
    }
}
