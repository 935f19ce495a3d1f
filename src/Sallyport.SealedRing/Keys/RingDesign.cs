using System.Security.Cryptography;
using Sallyport.SealedRing.Format;

namespace Sallyport.SealedRing.Keys;

/// <summary>The three decisions that the safety of the ring rests on. Virtual for one reason: tests take each away in turn and see that other tests then fail.</summary>
internal class RingDesign
{
    /// <summary>The salt of an epoch's page key. Without it an old copy of the device would bring a key, and its nonces, back.</summary>
    public virtual UInt128 SaltOf(UInt128 epochId) => epochId;

    /// <summary>The cipher. All of the header is authenticated: without its place a page could be moved.</summary>
    public virtual PageCipher CipherOf(AesGcm cipher) => new(cipher);

    /// <summary>The tail slot after the last: a snapshot never goes over the last good one.</summary>
    public virtual int NextTailSlot(int last) => (last + 1) % RingGeometry.TailSlots;
}
