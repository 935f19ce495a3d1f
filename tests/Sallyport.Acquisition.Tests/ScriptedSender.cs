using System.Collections.Concurrent;
using System.Threading.Channels;
using Sallyport.Telemetry;

namespace Sallyport.Acquisition.Tests;

/// <summary>A receiver that does as it is told, and remembers what it was sent.</summary>
internal sealed class ScriptedSender : IMessageSender
{
    private readonly ConcurrentQueue<Delivery> _script = new();
    private readonly Channel<HubMessage> _arrivals = Channel.CreateUnbounded<HubMessage>();

    public ConcurrentQueue<HubMessage> Sent { get; } = new();

    /// <summary>What it answers once the script is over; null means that it never answers.</summary>
    public Delivery? Then { get; set; } = Delivery.Acknowledged;

    public string Names => string.Join(", ", Sent.Select(Entries.NameOf));

    public void Answer(params ReadOnlySpan<Delivery> script)
    {
        foreach (Delivery delivery in script)
        {
            _script.Enqueue(delivery);
        }
    }

    public async Task<Delivery> SendAsync(HubMessage message, CancellationToken cancellationToken)
    {
        Sent.Enqueue(message);
        _arrivals.Writer.TryWrite(message);
        if (_script.TryDequeue(out Delivery delivery))
        {
            return delivery;
        }

        if (Then is null)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }

        return Then!.Value;
    }

    /// <summary>Waits for the next message that is sent.</summary>
    public Task WaitAsync() => _arrivals.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask();
}
