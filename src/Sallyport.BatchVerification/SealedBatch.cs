using System.Collections.Immutable;
using Sallyport.SealedRing.Format;
using Sallyport.Telemetry;

namespace Sallyport.BatchVerification;

/// <summary>A batch as it arrived, its properties read. Nothing is proven by that: <see cref="BatchVerifier"/> does it.</summary>
/// <param name="Fields">What its seal speaks for.</param>
/// <param name="Lane">Which lane of the gateway, as it says itself; no seal covers it.</param>
/// <param name="PreviousMac">Seal of the page before; 32 bytes.</param>
/// <param name="Mac">Its seal; 32 bytes.</param>
/// <param name="Body">As it was sent.</param>
public sealed record SealedBatch(BatchFields Fields, string Lane, ImmutableArray<byte> PreviousMac, ImmutableArray<byte> Mac, ReadOnlyMemory<byte> Body)
{
    /// <summary>Number of the page.</summary>
    public long Page => Fields.Page;

    /// <summary>The numbers of its records.</summary>
    public NumberRange Records => new(Fields.FirstSeq, Fields.FirstSeq + Fields.Count - 1);

    /// <summary>Its records are the ring's own gap records.</summary>
    public bool IsGap => Fields.Flags.HasFlag(PageTraits.Gap);

    /// <summary>It may repeat records that arrived with a larger page before.</summary>
    public bool IsRecovered => Fields.Flags.HasFlag(PageTraits.Recovered);

    /// <summary>Takes the body apart. False if it is no batch, or does not hold as many records as the properties say.</summary>
    /// <param name="records">In order; the first has the number <c>Fields.FirstSeq</c>.</param>
    public bool TrySplit(out ImmutableArray<ReadOnlyMemory<byte>> records) =>
        BatchBody.TrySplit(Body, out records) && records.Length == Fields.Count;
}
