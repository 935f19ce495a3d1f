using System.Collections.Immutable;
using Sallyport.SealedRing.Format;

namespace Sallyport.SealedRing;

/// <summary>A page that was handed out: a batch with its seal. The same page is the same batch, byte for byte, however often it is handed out.</summary>
/// <param name="Fields">What the seal speaks for.</param>
/// <param name="PreviousMac">Seal of the page before; 32 bytes.</param>
/// <param name="Mac">Its seal; 32 bytes.</param>
/// <param name="Body">As it is to be sent.</param>
/// <param name="Opened">When its first record came, on the wall clock.</param>
/// <param name="Sealed">When it was closed, on the wall clock.</param>
/// <param name="OpenedElapsed">When its first record came, monotonic; null for a page of an earlier run.</param>
public sealed record SealedPage(
    BatchFields Fields,
    ImmutableArray<byte> PreviousMac,
    ImmutableArray<byte> Mac,
    ReadOnlyMemory<byte> Body,
    DateTimeOffset Opened,
    DateTimeOffset Sealed,
    TimeSpan? OpenedElapsed)
{
    /// <summary>Number of the page.</summary>
    public long Number => Fields.Page;

    /// <summary>Sequence number of the last record.</summary>
    public long LastSeq => Fields.FirstSeq + Fields.Count - 1;
}
