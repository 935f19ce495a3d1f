using Sallyport.Simulator.Check;
using Sallyport.Simulator.Faults;
using Sallyport.Telemetry;

namespace Sallyport.Simulator.Cloud;

/// <summary>Somebody between IoT Hub and whoever reads from it, who forges, takes away and replays batches when he is told to. Safe for several threads.</summary>
/// <remarks>He touches batches with values only, and none before he has seen one of the same ring: what was before the first batch no check can know.</remarks>
internal sealed class Interloper
{
    private const string ReplayedAs = "-again";

    private readonly Lock _lock = new();
    private readonly Queue<Fault> _orders = new();
    private readonly List<Injection> _done = [];
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CloudMessage> _previous = new(StringComparer.Ordinal);

    /// <summary>What he did, each message by itself.</summary>
    public IReadOnlyList<Injection> Done
    {
        get
        {
            lock (_lock)
            {
                return [.. _done];
            }
        }
    }

    /// <summary>What he was told to do and has had no batch for yet.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _orders.Count;
            }
        }
    }

    /// <summary>Tells him to do something to the next batch.</summary>
    /// <param name="fault">One of those with a batch.</param>
    public void Order(Fault fault)
    {
        lock (_lock)
        {
            _orders.Enqueue(fault);
        }
    }

    /// <summary>Lets a message pass, or something in its place.</summary>
    public IReadOnlyList<CloudMessage> Pass(CloudMessage message)
    {
        lock (_lock)
        {
            // Who takes a batch away also takes it when it is sent again.
            if (_taken.Contains(message.Message.MessageId))
            {
                return [];
            }

            if (BatchTampering.ChangeValue(message.Message) is not { } forged)
            {
                return [message];
            }

            string buffer = BatchTampering.BufferOf(message.Message);
            if (!_previous.TryGetValue(buffer, out CloudMessage? previous) || !_orders.TryDequeue(out Fault? order))
            {
                _previous[buffer] = message;
                return [message];
            }

            if (order is Fault.DropBatch)
            {
                _taken.Add(message.Message.MessageId);
                _done.Add(new(NamedPages.Of(PageFault.Missing, message.Message), IsCopy: false));
                return [];
            }

            _previous[buffer] = message;
            return order is Fault.ForgeBatch
                ? [Forge(message, forged), Forge(message, BatchTampering.ChangeSequence(message.Message)), message]
                : [message, Replay(previous, previous.Message.MessageId), Replay(previous, previous.Message.MessageId + ReplayedAs)];
        }
    }

    private CloudMessage Forge(CloudMessage message, HubMessage forged)
    {
        _done.Add(new(NamedPages.Of(PageFault.Forged, forged), IsCopy: false));
        return message with { Message = forged };
    }

    private CloudMessage Replay(CloudMessage message, string messageId)
    {
        bool isCopy = string.Equals(messageId, message.Message.MessageId, StringComparison.Ordinal);
        _done.Add(new(NamedPages.Of(PageFault.Replayed, message.Message), isCopy));
        return message with { Message = message.Message with { MessageId = messageId } };
    }
}
