using System.Collections.Immutable;
using System.Security.Cryptography;
using Sallyport.SealedRing.Format;

namespace Sallyport.BatchVerification;

/// <summary>What is kept of a page that was proven: enough to know it again and to see a contradiction.</summary>
/// <param name="Page">Its number.</param>
/// <param name="Epoch">The number of its epoch.</param>
/// <param name="Lost">Lost records that it speaks of.</param>
/// <param name="PreviousMac">Seal of the page before.</param>
/// <param name="Mac">Its seal.</param>
/// <param name="Print">A hash of all that was sealed: the same seal with the same print is the same page.</param>
internal sealed record RememberedPage(
    long Page, long Epoch, long Lost, ImmutableArray<byte> PreviousMac, ImmutableArray<byte> Mac, ImmutableArray<byte> Print)
{
    private static readonly byte[] NoKey = new byte[BatchFields.MacSize];

    public static RememberedPage Of(SealedBatch batch)
    {
        byte[] print = new byte[BatchFields.MacSize];
        batch.Fields.Seal(NoKey, batch.PreviousMac.AsSpan(), batch.Body.Span, print);
        return new RememberedPage(batch.Page, batch.Fields.Epoch.Number, batch.Fields.Lost, batch.PreviousMac, batch.Mac, [.. print]);
    }

    public bool IsSealedAs(RememberedPage other) => CryptographicOperations.FixedTimeEquals(Mac.AsSpan(), other.Mac.AsSpan());

    public bool IsSameAs(RememberedPage other) => IsSealedAs(other) && CryptographicOperations.FixedTimeEquals(Print.AsSpan(), other.Print.AsSpan());

    /// <summary>Whether this page names the seal of the one before it. True where that cannot be said.</summary>
    public bool Follows(RememberedPage before) =>
        before.Page + 1 != Page || before.Epoch != Epoch || CryptographicOperations.FixedTimeEquals(PreviousMac.AsSpan(), before.Mac.AsSpan());
}
