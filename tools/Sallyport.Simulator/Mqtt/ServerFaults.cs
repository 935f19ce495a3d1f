using System.Collections.Concurrent;

namespace Sallyport.Simulator.Mqtt;

/// <summary>What a server does wrong on purpose.</summary>
internal sealed class ServerFaults
{
    private readonly ConcurrentDictionary<string, int> _withheld = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> _lostConnacks = new(StringComparer.Ordinal);
    private int _withheldFromAll;

    /// <summary>Sends no PUBACK until the result is disposed.</summary>
    /// <param name="clientId">To whom; null for everybody.</param>
    public IDisposable WithholdAcknowledgements(string? clientId)
    {
        if (clientId is null)
        {
            _ = Interlocked.Increment(ref _withheldFromAll);
            return new Undo(() => Interlocked.Decrement(ref _withheldFromAll));
        }

        _ = _withheld.AddOrUpdate(clientId, 1, (_, count) => count + 1);
        return new Undo(() => _withheld.AddOrUpdate(clientId, 0, (_, count) => count - 1));
    }

    public bool IsWithheld(string clientId) =>
        Volatile.Read(ref _withheldFromAll) > 0 || _withheld.GetValueOrDefault(clientId) > 0;

    /// <summary>The next CONNACK to a client does not arrive.</summary>
    public void LoseNextConnack(string clientId) => _lostConnacks[clientId] = 0;

    public bool TakeLostConnack(string clientId) => _lostConnacks.TryRemove(clientId, out _);

    private sealed class Undo(Action action) : IDisposable
    {
        private int _isDone;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isDone, 1) == 0)
            {
                action();
            }
        }
    }
}
