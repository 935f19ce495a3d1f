using System.Collections.Immutable;
using Sallyport.Telemetry;

namespace Sallyport.BatchVerification;

/// <summary>What is known of one ring, and the judgement of its next batch once the seal is proven. Not safe for several threads.</summary>
internal sealed class BatchStream
{
    public BatchStream(string lane, bool isExcerpt)
    {
        Lane = lane;
        IsExcerpt = isExcerpt;
        Numbers = new RecordNumbers(Epochs);
    }

    public string Lane { get; }

    /// <summary>The first batch is where it begins; otherwise it begins with record 0.</summary>
    public bool IsExcerpt { get; }

    public EpochTable Epochs { get; } = new();

    public PageMemory Pages { get; } = new();

    public RecordNumbers Numbers { get; }

    public StreamTally Tally { get; } = new();

    /// <summary>Judges a batch with a good seal.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="page">What is to be remembered of it.</param>
    /// <param name="gaps">What it tells, if it is a page of gap records.</param>
    public BatchVerdict Judge(SealedBatch batch, RememberedPage page, ImmutableArray<GapRecord> gaps)
    {
        if (Contradiction(batch, page) is { } sign)
        {
            Tally.Forks++;
            return new BatchVerdict.Fork(batch, sign);
        }

        if (IsKnown(batch))
        {
            return Repeated(batch);
        }

        BatchVerdict verdict = batch.Page < Pages.Highest ? new BatchVerdict.Reordered(batch) : InOrder(batch);
        bool isRepeat = batch.IsRecovered || batch.Page < Pages.Highest;
        if (isRepeat && Numbers.Arrived.CountIn(batch.Records) == batch.Records.Count)
        {
            verdict = new BatchVerdict.Duplicate(batch);
        }

        Tally.Count(verdict, batch);
        Epochs.Add(batch);
        Pages.Add(page);
        Numbers.First ??= IsExcerpt ? batch.Records.First : 0;
        Numbers.Add(batch.Records, batch.IsRecovered, gaps);
        return verdict;
    }

    /// <summary>The very page again.</summary>
    public BatchVerdict Repeated(SealedBatch batch)
    {
        var verdict = new BatchVerdict.Duplicate(batch);
        Tally.Count(verdict, batch);
        return verdict;
    }

    private ForkSign? Contradiction(SealedBatch batch, RememberedPage page)
    {
        if (Epochs.Contradiction(batch.Fields.Epoch, batch.Page) is { } sign)
        {
            return sign;
        }

        (RememberedPage? before, RememberedPage? after) = Pages.Around(batch.Page);
        return Pages.Find(batch.Page) is not null ? ForkSign.PageSealedTwice
            : (before is not null && !page.Follows(before)) || (after is not null && !after.Follows(page)) ? ForkSign.ChainBroken
            : IsLess(page, before) || IsLess(after, page) ? ForkSign.LostDecreased
            : !batch.IsRecovered && !IsKnown(batch) && Numbers.Sealed.CountIn(batch.Records) > 0 ? ForkSign.RecordsUsedTwice
            : null;
    }

    // After an unclean end the count may go back to what was on the device; page numbers then jump.
    private static bool IsLess(RememberedPage? page, RememberedPage? before) =>
        page is not null && before is not null && page.Lost < before.Lost && (page.Epoch == before.Epoch || page.Page == before.Page + 1);

    // Too old to be remembered, and all of its records are there, or were judged for good.
    private bool IsKnown(SealedBatch batch) =>
        (batch.Page <= Pages.Forgotten || batch.Records.Last <= Numbers.SettledTo) && Numbers.Arrived.CountIn(batch.Records) == batch.Records.Count;

    private BatchVerdict InOrder(SealedBatch batch)
    {
        bool isFirst = Epochs.Newest is null;
        long nextPage = isFirst && IsExcerpt ? batch.Page : Math.Max(Pages.Highest + 1, batch.Fields.Epoch.FirstPage);
        long nextRecord = isFirst && IsExcerpt ? batch.Records.First : Numbers.Arrived.Highest + 1;
        NumberRange? pages = batch.Page > nextPage ? new NumberRange(nextPage, batch.Page - 1) : null;
        NumberRange? records = batch.Records.First > nextRecord ? new NumberRange(nextRecord, batch.Records.First - 1) : null;
        return pages is null && records is null
            ? new BatchVerdict.Ok(batch)
            : new BatchVerdict.Gap(batch, pages, records, records is { } missing ? Numbers.ReasonsFor(missing) : []);
    }
}
