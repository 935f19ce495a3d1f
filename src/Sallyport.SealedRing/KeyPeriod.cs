using Sallyport.SealedRing.Keys;
using Sallyport.SealedRing.Recovery;

namespace Sallyport.SealedRing;

/// <summary>The chain of seals of a ring: from one epoch to the next it goes on, until another verifier is to check it.</summary>
/// <param name="Root">Of the chain of this epoch; owned by the caller.</param>
/// <param name="KeyId">The public name of the chain.</param>
/// <param name="Announcement">Hands its first root to the verifier; null while there is none.</param>
/// <param name="IsNew">Whether it begins with this epoch.</param>
internal sealed record KeyPeriod(SecretKey Root, UInt128 KeyId, Announcement? Announcement, bool IsNew)
{
    /// <summary>The period that an epoch belongs to.</summary>
    public static KeyPeriod Of(
        FoundState? state, UInt128 buffer, long epochNumber, VerifierKey? verifier, bool startsNew, RingOptions options, DateTimeOffset now)
    {
        Announcement? told = null;
        if (state is not null)
        {
            Announcement.TryRead(state.State.Announcement.AsSpan(), out told);
        }

        bool isKnown = verifier is null || (told is not null && told.Thumbprint.AsSpan().SequenceEqual(verifier.Thumbprint.AsSpan()));
        if (state is not null && isKnown && !startsNew)
        {
            return new KeyPeriod(Advance(state.NextChainRoot, state.State.RootEpoch, epochNumber), state.State.KeyId, told, IsNew: false);
        }

        state?.NextChainRoot.Dispose();
        var root = SecretKey.Create(bytes => options.FillRandom(bytes));
        return new KeyPeriod(root, MacChain.KeyIdOf(root), verifier?.Announce(root, buffer, epochNumber, now), IsNew: true);
    }

    /// <summary>The root of the next epoch; the one before is gone.</summary>
    public static SecretKey Step(SecretKey chainRoot)
    {
        SecretKey next = MacChain.NextRoot(chainRoot);
        chainRoot.Dispose();
        return next;
    }

    private static SecretKey Advance(SecretKey root, long from, long to)
    {
        for (; from < to; from++)
        {
            root = Step(root);
        }

        return root;
    }
}
