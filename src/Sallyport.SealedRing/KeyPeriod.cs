using Sallyport.SealedRing.Keys;

namespace Sallyport.SealedRing;

/// <summary>The chain of seals of a ring: from one epoch to the next it goes on, until another verifier is to check it.</summary>
/// <param name="Root">Of the chain of this epoch; owned by the caller.</param>
/// <param name="KeyId">The public name of the chain.</param>
/// <param name="Announcement">Hands its first root to the verifier; null while there is none.</param>
internal sealed record KeyPeriod(SecretKey Root, UInt128 KeyId, Announcement? Announcement)
{
    /// <summary>The root of the next epoch; the one before is gone.</summary>
    public static SecretKey Step(SecretKey chainRoot)
    {
        SecretKey next = MacChain.NextRoot(chainRoot);
        chainRoot.Dispose();
        return next;
    }

    /// <summary>The root of a later epoch; those before are gone.</summary>
    public static SecretKey Advance(SecretKey root, long from, long to)
    {
        for (; from < to; from++)
        {
            root = Step(root);
        }

        return root;
    }
}
