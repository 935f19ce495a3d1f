using System.Security.Cryptography;

namespace Sallyport.Identity.Keys;

/// <summary>Keys in a PKCS #11 token. They are made and destroyed through the module itself, and used through OpenSSL's engine <c>pkcs11</c>, which alone can give them to
/// TLS.</summary>
/// <param name="options">Which token.</param>
public sealed class Pkcs11KeyProvider(Pkcs11Options options) : IDeviceKeyProvider, IDisposable
{
    // Handles of keys that the engine may have seen: it looks at all of a token, and there is one engine in a process. Used with a session only, so with the lock of a provider;
    // a process has one provider for tokens.
    private static readonly HashSet<nuint> Known = [];

    private readonly OpenKeys _keys = new("pkcs11");
    private readonly Pkcs11Token _token = new(options);
    private readonly SemaphoreSlim _making = new(1, 1);
    private bool _isHardware;
    private bool _isUsedUp;

    /// <inheritdoc/>
    public string Name => _keys.Provider;

    /// <inheritdoc/>
    public KeyProtection Protection => Volatile.Read(ref _isHardware) ? KeyProtection.Token : KeyProtection.Wrapped;

    /// <inheritdoc/>
    public int Reopenings => _keys.Reopenings;

    /// <inheritdoc/>
    public bool NeedsRestart => _keys.NeedsRestart || Volatile.Read(ref _isUsedUp);

    /// <inheritdoc/>
    public async Task<KeyOpening> OpenAsync(DeviceKeySlot slot, CancellationToken cancellationToken) =>
        _keys.TryGet(slot, out DeviceKey? open)
            ? new KeyOpening.Opened(open)
            : await WithSessionAsync(session => session.Holds(LabelOf(slot)) ? Open(session, slot) : KeyOpening.Missing.Instance, cancellationToken);

    /// <inheritdoc/>
    public Task<KeyOpening> CreateAsync(DeviceKeySlot slot, CancellationToken cancellationToken) => WithSessionAsync(
        session =>
        {
            if (session.Holds(LabelOf(slot)))
            {
                return new KeyOpening.Refused($"the token '{options.Token}' has a key {LabelOf(slot)} already; destroy it first");
            }

            try
            {
                return session.Create(LabelOf(slot), DeviceKeySlots.Agrees(slot), Known) is { } fault ? new KeyOpening.Refused(fault) : Open(session, slot);
            }
            catch (CryptographicException e) when (Known.Count > 0)
            {
                // Also a TPM that has no room for one more object: what this process loaded is gone when it ends.
                Volatile.Write(ref _isUsedUp, true);
                return new KeyOpening.Unavailable($"the token '{options.Token}' makes no further key in this process ({e.Message}): the module has to be restarted");
            }
        },
        cancellationToken);

    /// <inheritdoc/>
    public void Forget(DeviceKeySlot slot) => _keys.Close(slot);

    /// <inheritdoc/>
    public async Task<KeyDestruction> DestroyAsync(DeviceKeySlot slot, CancellationToken cancellationToken)
    {
        _keys.Close(slot);
        KeyOpening outcome = await WithSessionAsync(
            session =>
            {
                session.Destroy(LabelOf(slot));
                return KeyOpening.Missing.Instance;
            },
            cancellationToken);
        return outcome switch
        {
            KeyOpening.Unavailable unavailable => new KeyDestruction.Failed(unavailable.Reason),
            KeyOpening.Refused refused => new KeyDestruction.Failed(refused.Reason),
            _ => KeyDestruction.Destroyed.Instance,
        };
    }

    /// <summary>Closes the keys; they stay in the token.</summary>
    public void Dispose()
    {
        _keys.Dispose();
        _making.Dispose();
    }

    private string LabelOf(DeviceKeySlot slot) => options.LabelPrefix + DeviceKeySlots.NameOf(slot);

    private async Task<KeyOpening> WithSessionAsync(Func<Pkcs11Session, KeyOpening> use, CancellationToken cancellationToken)
    {
        await _making.WaitAsync(cancellationToken);
        try
        {
            switch (_token.Login())
            {
                case Pkcs11Login.Open { Session: var session, IsHardware: var isHardware }:
                    using (session)
                    {
                        Volatile.Write(ref _isHardware, isHardware);
                        return use(session);
                    }

                case Pkcs11Login.Refused refused:
                    return new KeyOpening.Refused(refused.Reason);
                case Pkcs11Login.Unavailable unavailable:
                    return new KeyOpening.Unavailable(unavailable.Reason);
                default:
                    throw new System.Diagnostics.UnreachableException();
            }
        }
        catch (CryptographicException e)
        {
            return new KeyOpening.Unavailable($"the token '{options.Token}': {e.Message}");
        }
        finally
        {
            _making.Release();
        }
    }

    // Runs while a session of ours is logged in, so the engine's own login cannot count as a wrong one. On failure the engine prints the address to standard error: that is
    // why the PIN is never in it.
    private KeyOpening Open(Pkcs11Session session, DeviceKeySlot slot)
    {
        Known.UnionWith(session.Keys());
        return _keys.Open(slot, Protection, () => Use(slot));
    }

    private UsableKey Use(DeviceKeySlot slot)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new CryptographicException("PKCS #11 works on Linux only");
        }

        string address = $"pkcs11:token={Uri.EscapeDataString(options.Token)};object={Uri.EscapeDataString(LabelOf(slot))};type=private"
            + $"?pin-source=file:{options.PinFile}";
        using var opened = SafeEvpPKeyHandle.OpenPrivateKeyFromEngine("pkcs11", address);
        return UsableKey.From(opened);
    }
}
