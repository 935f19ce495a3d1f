namespace Sallyport.SealedRing;

/// <summary>What a ring's owner decides. The ring knows nothing of JSON: it joins records as it is told.</summary>
public sealed record RingOptions
{
    /// <summary>In front of the first record of a body.</summary>
    public required ReadOnlyMemory<byte> BodyHead { get; init; }

    /// <summary>Between records.</summary>
    public required ReadOnlyMemory<byte> BodySeparator { get; init; }

    /// <summary>Behind the last record.</summary>
    public required ReadOnlyMemory<byte> BodyTail { get; init; }

    /// <summary>Writes a gap as a record.</summary>
    public required Func<Gap, ReadOnlyMemory<byte>> EncodeGap { get; init; }

    /// <summary>The content number of gap records.</summary>
    public required byte GapContent { get; init; }

    /// <summary>Fills with random bytes fit for keys; of the operating system, but for tests.</summary>
    public Action<Span<byte>> FillRandom { get; init; } = System.Security.Cryptography.RandomNumberGenerator.Fill;

    /// <summary>Size of a body at which its page is closed, in bytes; a larger record has a page of its own. At most what a tail slot has room for.</summary>
    public int PageBytes { get; init; } = 16 * 1024;

    /// <summary>Blocks of 4096 bytes that a page is to fill: it is closed before what it holds, compressed, would need more.</summary>
    public int PageBlocks { get; init; } = 1;

    /// <summary>Brotli quality, 1 to 11; 0 for none.</summary>
    public int Compression { get; init; } = 4;

    /// <summary>Largest body, in bytes: what the link's messages may have. A record that does not fit is lost and gets a gap record.</summary>
    public int MaxBodyBytes { get; init; } = 250_904;

    /// <summary>How many sequence numbers are reserved with one write. After an unclean end the rest of them is skipped.</summary>
    public int SeqReservation { get; init; } = 65_536;

    /// <summary>How often one key of pages is used, at most; then a new epoch begins.</summary>
    public long SealsPerEpoch { get; init; } = 1L << 31;

    /// <summary>The same for page numbers.</summary>
    public int PageReservation { get; init; } = 4_096;
}
