using Sallyport.Manifest.Routing;
using Sallyport.Simulator.EdgeHub.Metrics;
using Sallyport.Simulator.Mqtt;

namespace Sallyport.Simulator.EdgeHub.Delivery;

/// <summary>Everything that waits for one endpoint: a queue for each priority. A better priority starves the others. Thread-safe.</summary>
/// <param name="endpoint">As metrics name it.</param>
/// <param name="changed">Called after messages were added or removed.</param>
/// <param name="time">Judges what has expired.</param>
internal sealed class EndpointBacklog(string endpoint, Action changed, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, EndpointQueue> _queues = [];
    private EdgeHubMetrics? _metrics;

    /// <summary>Fires after messages were added.</summary>
    public ChangeSignal Changed { get; } = new();

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _queues.Values.Sum(queue => queue.Count);
            }
        }
    }

    /// <summary>Reports to the metrics of a new run from now on, beginning with what is there.</summary>
    public void ReportTo(EdgeHubMetrics metrics)
    {
        lock (_gate)
        {
            _metrics = metrics;
            foreach (long priority in _queues.Keys)
            {
                ReportLength_NeedsLock(priority);
            }
        }
    }

    public void Add(RoutedMessage message, long priority, TimeSpan? timeToLive)
    {
        lock (_gate)
        {
            if (!_queues.TryGetValue(priority, out EndpointQueue? queue))
            {
                queue = new EndpointQueue(time);
                _queues.Add(priority, queue);
            }

            queue.Add(message, timeToLive);
            ReportLength_NeedsLock(priority);
        }

        Changed.Fire();
        changed();
    }

    /// <summary>The first messages of the best priority that has any.</summary>
    /// <param name="count">How many at most.</param>
    /// <param name="priority">Their priority; meaningless if there are none.</param>
    public IReadOnlyList<QueuedMessage> Peek(int count, out long priority)
    {
        lock (_gate)
        {
            foreach ((long candidate, EndpointQueue queue) in _queues)
            {
                List<QueuedMessage> found = queue.Peek(count, expired => _metrics?.Expired(expired.Message));
                ReportLength_NeedsLock(candidate);
                if (found.Count > 0)
                {
                    priority = candidate;
                    return found;
                }
            }

            priority = 0;
            return [];
        }
    }

    public void Remove(QueuedMessage message, long priority)
    {
        lock (_gate)
        {
            _ = _queues[priority].Remove(message);
            ReportLength_NeedsLock(priority);
        }

        changed();
    }

    private void ReportLength_NeedsLock(long priority) => _metrics?.QueueLength(endpoint, priority, _queues[priority].Count);
}
