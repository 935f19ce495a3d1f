using Sallyport.SealedRing.Format;

namespace Sallyport.SealedRing.Tests;

/// <summary>A write, or a flush.</summary>
internal sealed record DeviceCall(long Offset, byte[] Bytes)
{
    public static DeviceCall Flush { get; } = new(-1, []);

    public bool IsFlush => Offset < 0;

    /// <summary>The headers of the pages in it.</summary>
    public IEnumerable<PageHeader> Headers()
    {
        for (int at = 0; at + RingGeometry.BlockSize <= Bytes.Length; at += RingGeometry.BlockSize)
        {
            if (PageHeader.TryRead(Bytes.AsSpan(at), out PageHeader header))
            {
                yield return header;
            }
        }
    }
}
