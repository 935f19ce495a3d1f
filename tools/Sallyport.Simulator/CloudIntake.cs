using System.Threading.Channels;
using Sallyport.Simulator.Cloud;
using Sallyport.Simulator.Mqtt;

namespace Sallyport.Simulator;

/// <summary>Takes what arrives at IoT Hub and gives it to whoever is interested, one message at a time.</summary>
internal sealed class CloudIntake(ChannelReader<CloudMessage> received)
{
    private readonly List<Action<CloudMessage>> _interested = [];
    private long _count;

    /// <summary>How many messages arrived.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>Fires after a message was given to all.</summary>
    public ChangeSignal Changed { get; } = new();

    /// <summary>Has a function called for each message from now on. It must not block.</summary>
    public void OnMessage(Action<CloudMessage> action)
    {
        lock (_interested)
        {
            _interested.Add(action);
        }
    }

    /// <summary>Runs until the channel ends or the token says so.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var message in received.ReadAllAsync(cancellationToken))
        {
            Interlocked.Increment(ref _count);
            lock (_interested)
            {
                _interested.ForEach(action => action(message));
            }

            Changed.Fire();
        }
    }
}
