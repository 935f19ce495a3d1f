using Sallyport.SealedRing;

namespace Sallyport.SecureBuffer.Ring;

/// <summary>Which ring a page belongs to.</summary>
/// <param name="Buffer">Unique; message ids are made of it: the ring's id in 32 hexadecimal digits and the lane's name.</param>
/// <param name="Epoch">The opening that is now: <c>number:id:firstPage</c>.</param>
internal sealed record RingIdentity(string Buffer, string Epoch)
{
    /// <summary>The ring's id alone.</summary>
    public required UInt128 Id { get; init; }

    public static RingIdentity Of(PageRing ring, string lane) => new($"{ring.Buffer:x32}-{lane}", ring.Epoch.ToString()) { Id = ring.Buffer };
}
