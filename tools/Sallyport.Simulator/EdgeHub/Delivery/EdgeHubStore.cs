using System.Collections.Concurrent;
using Sallyport.Simulator.EdgeHub.Metrics;
using Sallyport.Manifest.Routing;
using Sallyport.Simulator.EdgeHub.Twins;
using Sallyport.Simulator.Mqtt;

namespace Sallyport.Simulator.EdgeHub.Delivery;

/// <summary>What edgeHub has on disk, and so keeps over a restart: queues and twins.</summary>
internal sealed class EdgeHubStore(string deviceId, TimeProvider time)
{
    private readonly ConcurrentDictionary<RouteSink, EndpointBacklog> _backlogs = new();
    private readonly ConcurrentDictionary<HubIdentity, StoredTwin> _twins = new();

    /// <summary>Fires after messages were queued or confirmed.</summary>
    public ChangeSignal Changed { get; } = new();

    /// <summary>Whose twins are stored.</summary>
    public IReadOnlyCollection<HubIdentity> KnownTwins => [.. _twins.Keys];

    public EndpointBacklog Backlog(RouteSink sink) =>
        _backlogs.GetOrAdd(sink, key =>
            new EndpointBacklog(EdgeHubMetrics.EndpointName(key, deviceId), Changed.Fire, time));

    public StoredTwin Twin(HubIdentity identity) => _twins.GetOrAdd(identity, static _ => new StoredTwin());

    /// <summary>Messages that wait, by endpoint as metrics name it.</summary>
    public IReadOnlyDictionary<string, int> QueueLengths() =>
        _backlogs.ToDictionary(
            pair => EdgeHubMetrics.EndpointName(pair.Key, deviceId), pair => pair.Value.Count, StringComparer.Ordinal);
}
