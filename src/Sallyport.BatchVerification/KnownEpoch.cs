using Sallyport.SealedRing.Format;

namespace Sallyport.BatchVerification;

/// <summary>An epoch that was proven by a page of it.</summary>
/// <param name="Epoch">Which.</param>
/// <param name="LastPage">Its highest page.</param>
/// <param name="FirstSeq">The lowest number of a record that it sealed for the first time; -1 without any.</param>
/// <param name="LastSeq">The highest; -1 without any.</param>
internal sealed record KnownEpoch(Epoch Epoch, long LastPage, long FirstSeq, long LastSeq)
{
    /// <summary>How many keys of its chain are proven to be used.</summary>
    public long ProvenSteps => LastPage - Epoch.FirstPage + 1;

    public static KnownEpoch Of(SealedBatch batch) => new KnownEpoch(batch.Fields.Epoch, batch.Page, -1, -1).With(batch);

    public KnownEpoch With(SealedBatch batch) => this with
    {
        LastPage = Math.Max(LastPage, batch.Page),
        FirstSeq = batch.IsRecovered ? FirstSeq : FirstSeq < 0 ? batch.Records.First : Math.Min(FirstSeq, batch.Records.First),
        LastSeq = batch.IsRecovered ? LastSeq : Math.Max(LastSeq, batch.Records.Last),
    };

    /// <summary>Whether numbers lie between two of its pages: then they were used, since an epoch numbers without holes.</summary>
    public bool Used(NumberRange numbers) => FirstSeq >= 0 && numbers.First > FirstSeq && numbers.Last < LastSeq;
}
