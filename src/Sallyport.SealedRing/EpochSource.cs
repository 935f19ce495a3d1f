using System.Buffers.Binary;
using System.Security.Cryptography;
using Sallyport.SealedRing.Format;
using Sallyport.SealedRing.Keys;
using Sallyport.SealedRing.Recovery;

namespace Sallyport.SealedRing;

/// <summary>Makes epochs: an id that no other has, and the keys that come from it.</summary>
internal sealed class EpochSource(RingOptions options, TimeProvider time)
{
    /// <summary>The first epoch of an opening.</summary>
    /// <param name="keys">Of the ring.</param>
    /// <param name="state">What the run before left; its root is taken over. Null for none.</param>
    /// <param name="verifier">Who checks the seals; null for nobody yet.</param>
    /// <param name="startsKeyPeriod">Whether the chain of seals begins anew in any case.</param>
    /// <param name="number">Of the epoch.</param>
    /// <param name="firstPage">The page that it begins with.</param>
    /// <param name="isPeriodNew">Whether its chain begins with it.</param>
    public EpochChange First(
        RingKeys keys, FoundState? state, VerifierKey? verifier, bool startsKeyPeriod, long number, long firstPage, out bool isPeriodNew)
    {
        Announcement? told = null;
        if (state is not null)
        {
            Announcement.TryRead(state.State.Announcement.AsSpan(), out told);
        }

        KeyPeriod? before = state is null ? null : new KeyPeriod(KeyPeriod.Advance(state.NextChainRoot, state.State.RootEpoch, number), state.State.KeyId, told);
        KeyPeriod period = PeriodOf(before, keys.Buffer, number, verifier, startsKeyPeriod);
        isPeriodNew = period != before;
        return Begin(keys, period, number, firstPage);
    }

    /// <summary>The epoch after another one in a ring that runs.</summary>
    /// <param name="last">The keys of the one before; not changed.</param>
    /// <param name="announced">What was announced.</param>
    /// <param name="verifier">Who checks the seals from now on; null for whoever did.</param>
    public EpochChange Next(SealingKeys last, Announcement? announced, VerifierKey? verifier)
    {
        var before = new KeyPeriod(SecretKey.Create(last.NextChainRoot.CopyTo), last.KeyId, announced);
        long number = last.Epoch.Number + 1;
        return Begin(last.Ring, PeriodOf(before, last.Ring.Buffer, number, verifier, startsNew: false), number, last.Epoch.FirstPage);
    }

    // The chain goes on from one epoch to the next, until another verifier is to check it.
    private KeyPeriod PeriodOf(KeyPeriod? before, UInt128 buffer, long number, VerifierKey? verifier, bool startsNew)
    {
        if (before is not null && !startsNew && (verifier is null || verifier.IsToldBy(before.Announcement)))
        {
            return before;
        }

        before?.Root.Dispose();
        var root = SecretKey.Create(bytes => options.FillRandom(bytes));
        return new KeyPeriod(root, MacChain.KeyIdOf(root), verifier?.Announce(root, buffer, number, time.GetUtcNow()));
    }

    private EpochChange Begin(RingKeys keys, KeyPeriod period, long number, long firstPage)
    {
        var epoch = new Epoch(number, NewId(number), firstPage);
        MacChain chain = MacChain.Of(period.Root, keys.Buffer, epoch);
        var sealing = new SealingKeys(
            keys, epoch, keys.Pages(number, epoch.Id), new NonceSequence(options.FillRandom), chain, period.KeyId, KeyPeriod.Step(period.Root));
        return new EpochChange(sealing, period.Announcement);
    }

    // Even a random source that repeats gives no id twice, as long as one of the others moves.
    private UInt128 NewId(long number)
    {
        Span<byte> mixed = stackalloc byte[64];
        mixed.Clear();
        options.FillRandom(mixed[..32]);
        BinaryPrimitives.WriteInt64BigEndian(mixed[32..], number);
        BinaryPrimitives.WriteInt64BigEndian(mixed[40..], time.GetUtcNow().UtcTicks);
        BinaryPrimitives.WriteInt64BigEndian(mixed[48..], time.GetTimestamp());
        BinaryPrimitives.WriteInt64BigEndian(mixed[56..], Environment.ProcessId);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(mixed, hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }
}
