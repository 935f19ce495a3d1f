using System.Collections.Immutable;
using Sallyport.SecureBuffer.Delivery;
using Sallyport.SecureBuffer.EdgeHub;
using Sallyport.SecureBuffer.Ring;

namespace Sallyport.SecureBuffer.Tests;

/// <summary>What counters prove and what they do not.</summary>
public sealed class DeliveryJudgeTests
{
    private static readonly EdgeHubReading Baseline = new("A", Sent: 100, Dropped: 2, Queued: 0);

    private static readonly TimeSpan At = TimeSpan.FromSeconds(50);

    [Fact]
    public void A_window_that_was_sent_in_full_with_nothing_queued_is_confirmed() =>
        Assert.IsType<Judgement.Confirmed>(Judge(Baseline with { Sent = 108 }));

    [Theory]
    [InlineData(100)]
    [InlineData(104)]
    [InlineData(108)]
    public void While_anything_is_queued_nothing_is_decided(long sent) =>
        Assert.Equal(new Judgement.Waiting(null), Judge(Baseline with { Sent = sent, Queued = 1 }));

    [Fact]
    public void A_queue_that_is_empty_too_early_is_suspicious_at_first() =>
        Assert.Equal(new Judgement.Waiting(new Suspicion(At, 107)), Judge(Baseline with { Sent = 107 }));

    [Fact]
    public void It_stays_suspicious_until_a_second_later()
    {
        var suspicion = new Suspicion(At - TimeSpan.FromMilliseconds(999), 107);

        Assert.Equal(new Judgement.Waiting(suspicion), Judge(Baseline with { Sent = 107 }, suspicion));
    }

    [Fact]
    public void And_is_a_loss_then()
    {
        var suspicion = new Suspicion(At - TimeSpan.FromSeconds(1), 107);

        Assert.Equal(new Judgement.Lost(LossSign.NotSent), Judge(Baseline with { Sent = 107 }, suspicion));
    }

    [Fact]
    public void But_not_if_more_was_sent_meanwhile()
    {
        var suspicion = new Suspicion(At - TimeSpan.FromSeconds(5), 106);

        Assert.Equal(new Judgement.Waiting(new Suspicion(At, 107)), Judge(Baseline with { Sent = 107 }, suspicion));
    }

    public static TheoryData<string, long, long, string> Signs() => new()
    {
        { "B", 108, 2, "EdgeHubRestarted" },
        { "", 108, 2, "EdgeHubRestarted" },
        { "A", 99, 2, "EdgeHubRestarted" },
        { "A", 108, 1, "EdgeHubRestarted" },
        { "A", 108, 3, "Dropped" },
        { "A", 109, 2, "Overcounted" },
    };

    [Theory]
    [MemberData(nameof(Signs))]
    public void A_count_that_proves_nothing_is_a_loss(string instance, long sent, long dropped, string sign) =>
        Assert.Equal(
            new Judgement.Lost(Enum.Parse<LossSign>(sign)),
            Judge(new EdgeHubReading(instance, sent, dropped, 0)));

    [Fact]
    public void A_missing_acknowledgement_is_a_loss_once_the_queue_is_empty()
    {
        DeliveryWindow window = Window(null) with { Acknowledged = 7 };

        Assert.Equal(new Judgement.Waiting(null), DeliveryJudge.Judge(window, Baseline with { Sent = 107, Queued = 1 }, At));
        Assert.Equal(new Judgement.Lost(LossSign.Unacknowledged), DeliveryJudge.Judge(window, Baseline with { Sent = 108 }, At));
    }

    [Fact]
    public void A_baseline_without_samples_fits_any_instance()
    {
        DeliveryWindow window = Window(null) with { Baseline = new EdgeHubReading("", 0, 0, 0) };

        Assert.IsType<Judgement.Confirmed>(DeliveryJudge.Judge(window, new EdgeHubReading("A", 8, 0, 0), At));
    }

    private static Judgement Judge(EdgeHubReading now, Suspicion? suspicion = null) => DeliveryJudge.Judge(Window(suspicion), now, At);

    private static DeliveryWindow Window(Suspicion? suspicion)
    {
        ImmutableArray<(Lane, Page)> pages = [.. Enumerable.Repeat(((Lane)null!, (Page)null!), 8)];
        return new DeliveryWindow(Baseline, pages, 8) { Suspicion = suspicion };
    }
}
