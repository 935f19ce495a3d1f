using System.Collections.Immutable;
using CsCheck;
using Sallyport.SecureBuffer.Ring;
using Sallyport.Telemetry;

namespace Sallyport.SecureBuffer.Tests;

/// <summary>A ring against a list: whatever happens, each record is delivered or covered by a gap record.</summary>
public sealed class RingModelTests
{
    private static readonly Moment Now = new(TimeSpan.Zero, DateTimeOffset.UnixEpoch);

    private static readonly RingIdentity Identity = new("buffer", "1:epoch");

    private static readonly Gen<Step> AnyStep = Gen.Frequency(
        (10, Gen.Select(Gen.Int[30, 900], Gen.Bool).Select((size, isStatus) => (Step)new Append(size, isStatus))),
        (1, Gen.Int[3000, 9000].Select(size => (Step)new Append(size, IsStatus: false))),
        (4, Gen.Int[1, 8].Select(pages => (Step)new Send(pages))),
        (3, Gen.Const((Step)new Acknowledge())),
        (2, Gen.Bool.Select(hasArrived => (Step)new Lose(hasArrived))),
        (1, Gen.Const((Step)new SealOpen())),
        (1, Gen.Int[4, 8].Select(pages => (Step)new Resize(pages * 1000))));

    [Fact]
    public void Every_record_is_delivered_or_covered_by_a_gap() => AnyStep.Array[1, 200].Sample(Run, iter: 500);

    private static void Run(Step[] steps)
    {
        var ring = new MemoryRing(MessageType.Telemetry, new RingLimits(6000, 1000));
        var capacity = 6000;
        var appended = new Dictionary<long, int>();
        var cloud = new List<HubMessage>();
        ImmutableArray<Page> window = [];

        foreach (Step step in steps)
        {
            switch (step)
            {
                case Append append:
                    var number = appended.Count;
                    var type = append.IsStatus ? MessageType.Status : MessageType.Telemetry;
                    var seq = ring.Append(Bench.Record(number, type, append.Size), Now);
                    Assert.True(appended.TryAdd(seq, number), $"Sequence number {seq} was given twice.");
                    break;
                case Send send when window.IsEmpty:
                    window = Take(ring, send.Pages);
                    break;
                case Acknowledge:
                    cloud.AddRange(window.Select(page => page.Message!));
                    ring.Confirm(window);
                    window = [];
                    break;
                case Lose lose:
                    cloud.AddRange(lose.HasArrived ? window.Select(page => page.Message!) : []);
                    ring.Return(window);
                    window = [];
                    break;
                case SealOpen:
                    ring.Seal(Now);
                    break;
                case Resize resize:
                    capacity = resize.Capacity;
                    ring.Resize(new RingLimits(capacity, 1000), Now);
                    break;
            }

            Assert.InRange(ring.Bytes, 0, capacity);
        }

        ring.Return(window);
        ring.Seal(Now);
        cloud.AddRange(TakeAll(ring));
        Judge(ring, appended, new Arrivals(cloud));
    }

    private static void Judge(MemoryRing ring, Dictionary<long, int> appended, Arrivals arrivals)
    {
        // Numbers: those of records and of gap records are different, and all below the next one.
        long[] given = [.. appended.Keys.Concat(arrivals.Gaps.Keys).Order()];
        Assert.Equal(Enumerable.Range(0, given.Length).Select(seq => (long)seq), given);
        Assert.Equal(given.Length, ring.NextSeq);

        // Whatever arrived is what was put in under that number, and what did not lies in a gap.
        Assert.All(arrivals.Records, record => Assert.Equal(appended[record.Key], record.Value));
        long[] missing = [.. appended.Keys.Where(seq => !arrivals.Records.ContainsKey(seq)).Order()];
        Assert.All(missing, seq => Assert.Contains(arrivals.Gaps.Values, gap => gap.FirstSeq <= seq && seq <= gap.LastSeq));

        // Records called evicted or oversize did not arrive, so the gaps count them exactly; unconfirmed ones may have.
        var certain = arrivals.Gaps.Values.Where(gap => gap.Reason != GapReason.Unconfirmed).Sum(gap => gap.Count);
        var uncertain = arrivals.Gaps.Values.Where(gap => gap.Reason == GapReason.Unconfirmed).Sum(gap => gap.Count);
        Assert.InRange(missing.Length, certain, certain + uncertain);
        Assert.Equal(certain, ring.Lost(GapReason.Evicted) + ring.Lost(GapReason.Oversize));
        Assert.Equal(uncertain, ring.Lost(GapReason.Unconfirmed));

        JudgePages(arrivals);
    }

    private static void JudgePages(Arrivals arrivals)
    {
        long lastSeq = -1;
        long lost = 0;
        foreach ((_, var page) in arrivals.Pages)
        {
            Assert.True(page.FirstSeq > lastSeq);
            lost += page.GapCount;
            Assert.Equal(lost, page.Lost);
            lastSeq = page.LastSeq;
        }
    }

    private static ImmutableArray<Page> Take(MemoryRing ring, int pages)
    {
        ImmutableArray<Page>.Builder taken = ImmutableArray.CreateBuilder<Page>();
        while (taken.Count < pages && ring.Take(Now) is { } page)
        {
            page.Message ??= PageMessage.Of(page, Identity, "SecureBuffer", isReplay: false);
            taken.Add(page);
        }

        return taken.ToImmutable();
    }

    private static IEnumerable<HubMessage> TakeAll(MemoryRing ring)
    {
        ImmutableArray<Page> pages;
        while (!(pages = Take(ring, 1)).IsEmpty)
        {
            ring.Confirm(pages);
            yield return pages[0].Message!;
        }
    }

    private abstract record Step;

    private sealed record Append(int Size, bool IsStatus) : Step;

    private sealed record Send(int Pages) : Step;

    private sealed record Acknowledge : Step;

    private sealed record Lose(bool HasArrived) : Step;

    private sealed record SealOpen : Step;

    private sealed record Resize(int Capacity) : Step;
}
