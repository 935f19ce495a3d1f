using Sallyport.SealedRing;
using Sallyport.Telemetry;

namespace Sallyport.BatchVerification.Tests;

/// <summary>What is missing, and how gap records explain it.</summary>
public sealed class ExplanationTests : IDisposable
{
    private readonly Vault _vault = new();
    private readonly BatchVerifier _verifier;

    public ExplanationTests() => _verifier = _vault.Verifier();

    public void Dispose()
    {
        _verifier.Dispose();
        _vault.Dispose();
    }

    [Fact]
    public void An_evicted_page_is_explained_by_the_gap_record_that_comes_later()
    {
        using Gateway gateway = Gateway.Open(_vault);
        for (int record = 0; record < 60; record++)
        {
            gateway.Append(9000);
            gateway.Commit();
        }

        long lost = gateway.Ring.Lost(LossReason.Evicted);
        Assert.True(lost > 0);
        List<BatchVerdict> verdicts = _verifier.AcceptAll(gateway.Drain());
        Assert.Empty(Assert.IsType<BatchVerdict.Gap>(verdicts[0]).Reasons);
        StreamSummary summary = _verifier.Finish().Streams[0];
        Assert.Equal(new MissingRecords(new NumberRange(0, lost - 1), lost, MissingKind.Lost, GapReason.Evicted), Assert.Single(summary.Missing));
        Assert.Equal(lost, summary.LostTold);
        Assert.True(_verifier.Finish().IsProven);
    }

    [Fact]
    public void A_record_that_was_too_large_is_explained()
    {
        using Gateway gateway = Gateway.Open(_vault, options: Gateway.Options with { MaxBodyBytes = 500 });
        gateway.Append();
        gateway.Append(1000);
        gateway.Append();
        Assert.DoesNotContain(_verifier.AcceptAll(gateway.Drain()), verdict => verdict is BatchVerdict.Forged or BatchVerdict.Fork);
        Assert.Equal(
            new MissingRecords(new NumberRange(1, 1), 1, MissingKind.Lost, GapReason.Oversize), Assert.Single(_verifier.Finish().Streams[0].Missing));
    }

    [Fact]
    public void Numbers_that_were_skipped_after_an_unclean_end_are_explained_as_such()
    {
        using Gateway first = Gateway.Open(_vault);
        List<HubMessage> sent = first.Pages(2);
        using Gateway second = Gateway.Open(_vault, first.Device.Image());
        sent.AddRange(second.Pages(2));
        Assert.Equal(["Ok", "Ok", "Gap", "Ok"], _verifier.AcceptAll(sent).Names().Take(4));
        MissingRecords missing = Assert.Single(_verifier.Finish().Streams[0].Missing);
        Assert.Equal((MissingKind.Skipped, GapReason.Unclean, 6L), (missing.Kind, missing.Reason!.Value, missing.Range.First));
        Assert.True(_verifier.Finish().IsProven);
    }

    [Fact]
    public void A_recovered_page_whose_records_came_with_a_larger_page_is_a_duplicate()
    {
        using Gateway first = Gateway.Open(_vault);
        first.Append();
        first.Append();
        first.Commit();
        first.Append();
        byte[] image = first.Device.Image();
        List<HubMessage> sent = first.Drain();
        using Gateway second = Gateway.Open(_vault, image);
        List<HubMessage> recovered = second.Drain();
        Assert.Equal("true", recovered[0].Properties["sp-recovered"]);
        Assert.IsType<BatchVerdict.Ok>(_verifier.Accept(Assert.Single(sent)));
        Assert.IsType<BatchVerdict.Duplicate>(_verifier.Accept(recovered[0]));
        _verifier.AcceptAll(recovered[1..]);
        Assert.True(_verifier.Finish().IsProven);
    }

    [Fact]
    public void A_larger_page_that_comes_after_the_recovered_one_is_late_and_no_fork()
    {
        using Gateway first = Gateway.Open(_vault);
        first.Append();
        first.Commit();
        first.Append();
        byte[] image = first.Device.Image();
        List<HubMessage> sent = first.Drain();
        using Gateway second = Gateway.Open(_vault, image);
        Assert.IsType<BatchVerdict.Ok>(_verifier.Accept(second.Drain()[0]));
        Assert.IsType<BatchVerdict.Reordered>(_verifier.Accept(Assert.Single(sent)));
    }

    [Fact]
    public void A_batch_taken_away_where_the_ring_lost_others_is_not_taken_for_one_of_them()
    {
        using Gateway gateway = Gateway.Open(_vault, options: Gateway.Options with { MaxBodyBytes = 500 });
        gateway.Append(1000);
        List<HubMessage> sent = [];
        for (int page = 0; page < 3; page++)
        {
            gateway.Append();
            gateway.Ring.Seal(Gateway.Noon);
        }

        gateway.Append(1000);
        sent.AddRange(gateway.Drain());
        sent.AddRange(gateway.Pages(1));
        _verifier.AcceptAll(sent.Where((_, at) => at != 1));
        Assert.Contains(_verifier.Finish().Streams[0].Missing, missing => missing is { Kind: MissingKind.Doubtful, Count: 1 });
        Assert.False(_verifier.Finish().IsProven);
    }

    [Fact]
    public void A_wall_clock_that_was_set_is_told_in_the_summary_and_the_chain_goes_on_in_a_new_epoch()
    {
        using Gateway gateway = Gateway.Open(_vault);
        List<HubMessage> sent = gateway.Pages(2);
        gateway.Ring.Seal(Gateway.Noon with { Wall = Gateway.Noon.Wall.AddYears(-10) });
        gateway.Commit();
        sent.AddRange(gateway.Pages(2));
        gateway.Commit();
        sent.AddRange(gateway.Pages(1));
        Assert.Equal(["1", "1", "2", "2", "3"], sent.Select(message => message.Properties["sp-epoch"].Split(':')[0]));
        Assert.Equal([false, false, true, false, false], sent.Select(message => message.Properties.ContainsKey("sp-clock-step")));
        Assert.All(_verifier.AcceptAll(sent), verdict => Assert.IsType<BatchVerdict.Ok>(verdict));
        Assert.Equal(1, _verifier.Finish().Streams[0].ClockSteps);
        using BatchVerifier restored = BatchVerifier.ReadState(_verifier.WriteState(), _vault.Roots)!;
        Assert.Equal(1, restored.Finish().Streams[0].ClockSteps);
    }
}
