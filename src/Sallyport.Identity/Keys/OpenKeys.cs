using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Sallyport.Identity.Keys;

/// <summary>The open keys of one provider: each slot once in the process, because every opening of a TPM key leaves a connection behind until the process ends.</summary>
/// <remarks>One guard for all of it, the turn: a TPM does one thing at a time anyway, and its OpenSSL provider before 1.3.0 breaks when two threads use it.</remarks>
/// <param name="provider">Its name.</param>
internal sealed class OpenKeys(string provider) : IDisposable
{
    /// <summary>So often keys may be opened again. The TPM's resource manager refuses the 28th connection.</summary>
    public const int MostReopenings = 10;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Dictionary<DeviceKeySlot, DeviceKey> _open = [];
    private readonly HashSet<DeviceKeySlot> _opened = [];
    private int _reopenings;

    public string Provider => provider;

    public int Reopenings => Volatile.Read(ref _reopenings);

    public bool NeedsRestart => Reopenings >= MostReopenings;

    public string TooOften => $"keys of {provider} had to be opened again {MostReopenings} times: restart the module, and look why the TPM or token was reset so often";

    public KeyTurn TakeTurn()
    {
        _turn.Wait();
        return new KeyTurn(_turn);
    }

    public async Task<IDisposable> TakeTurnAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        return new KeyTurn(_turn);
    }

    /// <summary>The key of a slot, if it is open.</summary>
    public bool TryGet(DeviceKeySlot slot, [NotNullWhen(true)] out DeviceKey? key)
    {
        using KeyTurn turn = TakeTurn();
        return _open.TryGetValue(slot, out key);
    }

    /// <summary>Opens the key of a slot, unless it is open.</summary>
    /// <param name="slot">Which.</param>
    /// <param name="protection">Of the provider now.</param>
    /// <param name="open">Opens it; a failure is a <see cref="CryptographicException"/>.</param>
    public KeyOpening Open(DeviceKeySlot slot, KeyProtection protection, Func<UsableKey> open)
    {
        using KeyTurn turn = TakeTurn();
        if (_open.TryGetValue(slot, out DeviceKey? there))
        {
            return new KeyOpening.Opened(there);
        }

        if (!MayOpen_NeedsTurn(slot))
        {
            return new KeyOpening.Unavailable(TooOften);
        }

        try
        {
            var key = new DeviceKey(this, slot, protection, open);
            _open.Add(slot, key);
            CountOpening_NeedsTurn(slot);
            return new KeyOpening.Opened(key);
        }
        catch (CryptographicException e)
        {
            return new KeyOpening.Unavailable($"the {provider} key {DeviceKeySlots.NameOf(slot)} does not open: {e.Message}");
        }
    }

    public bool MayOpen_NeedsTurn(DeviceKeySlot slot) => !NeedsRestart || !_opened.Contains(slot);

    /// <summary>Counts an opening that worked.</summary>
    public void CountOpening_NeedsTurn(DeviceKeySlot slot)
    {
        if (!_opened.Add(slot))
        {
            Interlocked.Increment(ref _reopenings);
        }
    }

    /// <summary>Forgets a key that is about to be destroyed.</summary>
    public void Close(DeviceKeySlot slot)
    {
        using KeyTurn turn = TakeTurn();
        if (_open.Remove(slot, out DeviceKey? key))
        {
            key.Dispose();
        }
    }

    public void Dispose()
    {
        using (TakeTurn())
        {
            foreach (DeviceKey key in _open.Values)
            {
                key.Dispose();
            }

            _open.Clear();
        }

        _turn.Dispose();
    }
}
