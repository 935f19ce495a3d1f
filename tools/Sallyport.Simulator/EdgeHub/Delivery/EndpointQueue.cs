using Sallyport.Manifest.Routing;

namespace Sallyport.Simulator.EdgeHub.Delivery;

/// <summary>What waits for one endpoint at one priority, in order. Not safe for several threads: <see cref="EndpointBacklog"/> guards it.</summary>
internal sealed class EndpointQueue(TimeProvider time)
{
    private readonly LinkedList<QueuedMessage> _messages = new();

    public int Count => _messages.Count;

    /// <param name="message">What is to wait.</param>
    /// <param name="timeToLive">From now on; null is for ever. A later change of the route does not alter it.</param>
    public void Add(RoutedMessage message, TimeSpan? timeToLive) =>
        _messages.AddLast(new QueuedMessage(message, timeToLive is { } life ? time.GetUtcNow() + life : null));

    /// <summary>The first messages that have not expired. Expired ones that it comes across are removed.</summary>
    /// <param name="count">How many at most.</param>
    /// <param name="expired">Told of each one removed.</param>
    public List<QueuedMessage> Peek(int count, Action<QueuedMessage> expired)
    {
        var found = new List<QueuedMessage>();
        DateTimeOffset now = time.GetUtcNow();
        LinkedListNode<QueuedMessage>? node = _messages.First;
        while (node is not null && found.Count < count)
        {
            LinkedListNode<QueuedMessage>? next = node.Next;
            if (node.Value.HasExpired(now))
            {
                _messages.Remove(node);
                expired(node.Value);
            }
            else
            {
                found.Add(node.Value);
            }

            node = next;
        }

        return found;
    }

    /// <summary>Removes a message that its endpoint has.</summary>
    public bool Remove(QueuedMessage message) => _messages.Remove(message);
}
