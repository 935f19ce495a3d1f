using System.Threading.Channels;
using Sallyport.Simulator.Cloud;
using Sallyport.Simulator.Mqtt;

namespace Sallyport.Simulator;

/// <summary>Takes what arrives at IoT Hub and gives it to whoever is interested, one message at a time, past somebody who may change it.</summary>
internal sealed class CloudIntake(ChannelReader<CloudMessage> received)
{
    private readonly List<Action<CloudMessage>> _interested = [];
    private readonly List<Action<CloudMessage>> _atHub = [];
    private long _count;

    /// <summary>How many messages arrived.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>Fires after a message was given to all.</summary>
    public ChangeSignal Changed { get; } = new();

    /// <summary>Who stands between IoT Hub and those who are interested.</summary>
    public Interloper Interloper { get; } = new();

    /// <summary>Has a function called for each message from now on, as the interloper lets it pass. It must not block.</summary>
    public void OnMessage(Action<CloudMessage> action)
    {
        lock (_interested)
        {
            _interested.Add(action);
        }
    }

    /// <summary>Has a function called for each message from now on, as IoT Hub has it. It must not block.</summary>
    public void OnGenuine(Action<CloudMessage> action)
    {
        lock (_interested)
        {
            _atHub.Add(action);
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
                _atHub.ForEach(action => action(message));
                foreach (var passed in Interloper.Pass(message))
                {
                    _interested.ForEach(action => action(passed));
                }
            }

            Changed.Fire();
        }
    }
}
