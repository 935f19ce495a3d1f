using Sallyport.SealedRing.Format;

namespace Sallyport.SealedRing.Recovery;

/// <summary>A page that was read back and proven.</summary>
/// <param name="Header">Of the page.</param>
/// <param name="Interior">Of the page.</param>
/// <param name="Blocks">How many it takes.</param>
/// <param name="Body">Of a snapshot; empty for a page in the ring, which stays where it is.</param>
internal sealed record FoundPage(PageHeader Header, PageInterior Interior, int Blocks, ReadOnlyMemory<byte> Body)
{
    public long LastSeq => Header.FirstSeq + Header.Count - 1;

    public bool Covers(FoundPage other) => Header.FirstSeq <= other.Header.FirstSeq && LastSeq >= other.LastSeq;
}
