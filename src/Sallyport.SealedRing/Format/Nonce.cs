using System.Buffers.Binary;

namespace Sallyport.SealedRing.Format;

/// <summary>The 12 bytes that no two seals under the same key may share: a counter, which never repeats in a process, and random bits, for a process that was cloned.</summary>
internal readonly record struct Nonce(ulong Counter, uint Random)
{
    public const int Size = 12;

    public void Write(Span<byte> to)
    {
        BinaryPrimitives.WriteUInt64BigEndian(to, Counter);
        BinaryPrimitives.WriteUInt32BigEndian(to[8..], Random);
    }

    public static Nonce Read(ReadOnlySpan<byte> from) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(from), BinaryPrimitives.ReadUInt32BigEndian(from[8..]));
}
