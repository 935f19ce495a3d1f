using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Sallyport.SealedRing.Format;

namespace Sallyport.SealedRing.Keys;

/// <summary>
/// The keys that pages are sealed with: each is used once, replaced by the next and gone, so who takes the gateway over today cannot change what was sealed
/// yesterday. A verifier walks the same chain.
/// </summary>
public sealed class MacChain : IDisposable
{
    private readonly SecretKey _key;

    private MacChain(SecretKey first) => _key = first;

    private static ReadOnlySpan<byte> NextTag => "sallyport/ring/1/next"u8;

    /// <summary>How many keys were used: the step of the one that comes.</summary>
    public long Step { get; private set; }

    /// <summary>The chain of an epoch.</summary>
    /// <param name="chainRoot">The root of this very epoch.</param>
    /// <param name="buffer">Which ring.</param>
    /// <param name="epoch">Which epoch.</param>
    public static MacChain Of(SecretKey chainRoot, UInt128 buffer, Epoch epoch) =>
        new(RingKeys.FirstOfChain(chainRoot, buffer, epoch.Number, epoch.Id));

    /// <summary>The root of the epoch after that of <paramref name="chainRoot"/>.</summary>
    public static SecretKey NextRoot(SecretKey chainRoot) => RingKeys.NextChainRoot(chainRoot);

    /// <summary>The key id of the chains that begin with a root.</summary>
    public static UInt128 KeyIdOf(SecretKey firstRoot) => RingKeys.KeyIdOf(firstRoot);

    /// <summary>Seals with the key of this step, and steps on.</summary>
    public ImmutableArray<byte> Seal(in BatchFields fields, ReadOnlySpan<byte> previous, ReadOnlySpan<byte> body)
    {
        byte[] mac = new byte[BatchFields.MacSize];
        fields.Seal(_key.Bytes, previous, body, mac);
        Skip();
        return ImmutableCollectionsMarshal.AsImmutableArray(mac);
    }

    /// <summary>Steps on without a seal: a verifier that missed a page.</summary>
    public void Skip()
    {
        Span<byte> next = stackalloc byte[SecretKey.Size];
        HMACSHA256.HashData(_key.Bytes, NextTag, next);
        next.CopyTo(_key.Bytes);
        CryptographicOperations.ZeroMemory(next);
        Step++;
    }

    /// <summary>The same place in the same chain, to be walked by itself; owned by the caller.</summary>
    public MacChain Copy() => new(SecretKey.Copy(_key.Bytes)) { Step = Step };

    /// <summary>Zeroes the key.</summary>
    public void Dispose() => _key.Dispose();
}
