using System.Collections.Concurrent;
using Sallyport.IotHub.Session;

namespace Sallyport.IotHub.Tests.Sessions;

/// <summary>A connection without a broker.</summary>
internal sealed class FakeSession : IBrokerSession, IDisposable
{
    private readonly CancellationTokenSource _closed = new();

    public CancellationToken Closed => _closed.Token;

    public ConcurrentQueue<string> Published { get; } = [];

    public CloseReason? AbortedFor { get; private set; }

    public Task PublishAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        Published.Enqueue(topic);
        return Task.CompletedTask;
    }

    public Task DeliverAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) =>
        PublishAsync(topic, payload, cancellationToken);

    public void Abort(CloseReason reason)
    {
        AbortedFor = reason;
        _closed.Cancel();
    }

    public void Dispose() => _closed.Dispose();
}
