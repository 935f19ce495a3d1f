using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Identity.Keys;

/// <summary>A key of any provider: what differs is how it opens.</summary>
[DebuggerDisplay("device key {Slot} of {Provider}")]
internal sealed class DeviceKey : IDeviceKey, IDisposable
{
    private readonly OpenKeys _keys;
    private readonly Func<UsableKey> _open;
    private UsableKey _usable;
    private bool _isDisposed;

    /// <summary>Opens it.</summary>
    /// <exception cref="CryptographicException">It does not open.</exception>
    public DeviceKey(OpenKeys keys, DeviceKeySlot slot, KeyProtection protection, Func<UsableKey> open)
    {
        (_keys, Slot, Protection, _open) = (keys, slot, protection, open);
        _usable = open();
        SubjectPublicKeyInfo = _usable.Signer.ExportSubjectPublicKeyInfo();
    }

    public string Provider => _keys.Provider;

    public KeyProtection Protection { get; }

    public DeviceKeySlot Slot { get; }

    public ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; }

    public KeyUse<byte[]> Sign(ReadOnlyMemory<byte> digest) => digest.Length == SHA256.HashSizeInBytes
        ? UseSigner(signer => signer.SignHash(digest.ToArray()))
        : new KeyUse<byte[]>.Refused($"a digest has {SHA256.HashSizeInBytes} bytes (SHA-256), and this has {digest.Length}");

    public KeyUse<T> UseSigner<T>(Func<ECDsa, T> use) =>
        DeviceKeySlots.Agrees(Slot) ? new KeyUse<T>.Refused("this key agrees, and signs nothing") : Use(key => use(key.Signer));

    public KeyUse<byte[]> DeriveRawSecret(ECDiffieHellmanPublicKey peer)
    {
        if (!DeviceKeySlots.Agrees(Slot))
        {
            return new KeyUse<byte[]>.Refused("this key signs, and agrees with nobody");
        }

        return string.Equals(peer.ExportParameters().Curve.Oid.Value, ECCurve.NamedCurves.nistP256.Oid.Value, StringComparison.Ordinal)
            ? Use(key => key.Agreement.DeriveRawSecretAgreement(peer))
            : new KeyUse<byte[]>.Refused("the other key is not on P-256");
    }

    public KeyUse<X509Certificate2> Bind(X509Certificate2 certificate)
    {
        if (!certificate.PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(SubjectPublicKeyInfo.Span))
        {
            return new KeyUse<X509Certificate2>.Refused("the certificate is for another key");
        }

        byte[] digest = SHA256.HashData(SubjectPublicKeyInfo.Span);
        return UseSigner(signer =>
        {
            _ = signer.SignHash(digest);
            return certificate.CopyWithPrivateKey(signer);
        });
    }

    public Task<IDisposable> TakeTurnAsync(CancellationToken cancellationToken) => _keys.TakeTurnAsync(cancellationToken);

    /// <summary>Called with the turn taken.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _usable.Dispose();
    }

    public override string ToString() => $"device key {DeviceKeySlots.NameOf(Slot)} of {Provider}";

    private KeyUse<T> Use<T>(Func<UsableKey, T> use)
    {
        using KeyTurn turn = _keys.TakeTurn();
        if (_isDisposed)
        {
            return new KeyUse<T>.Refused("the key was destroyed");
        }

        return TryUse(use, out KeyUse<T> first) ? first : Again_NeedsTurn(use, first);
    }

    // A TPM that was reset knows nothing of what was opened before; nor does OpenSSL say that this is why it failed.
    private KeyUse<T> Again_NeedsTurn<T>(Func<UsableKey, T> use, KeyUse<T> first)
    {
        if (!_keys.MayOpen_NeedsTurn(Slot))
        {
            return new KeyUse<T>.Unavailable(_keys.TooOften);
        }

        try
        {
            UsableKey opened = _open();
            _usable.Dispose();
            _usable = opened;
        }
        catch (CryptographicException)
        {
            return first;
        }

        _keys.CountOpening_NeedsTurn(Slot);
        if (!_usable.Signer.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(SubjectPublicKeyInfo.Span))
        {
            return new KeyUse<T>.Refused("another key is in its place now");
        }

        _ = TryUse(use, out KeyUse<T> second);
        return second;
    }

    private bool TryUse<T>(Func<UsableKey, T> use, out KeyUse<T> outcome)
    {
        try
        {
            outcome = new KeyUse<T>.Done(use(_usable));
            return true;
        }
        catch (CryptographicException e)
        {
            outcome = new KeyUse<T>.Unavailable($"the {Provider} key {DeviceKeySlots.NameOf(Slot)} does not answer: {e.Message}");
            return false;
        }
    }
}
