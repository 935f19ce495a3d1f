using Sallyport.Telemetry;

namespace Sallyport.BatchVerification.Tests;

/// <summary>Each outcome, from batches that a ring made.</summary>
public sealed class VerdictTests : IDisposable
{
    private readonly Vault _vault = new();
    private readonly BatchVerifier _verifier;

    public VerdictTests() => _verifier = _vault.Verifier();

    public void Dispose()
    {
        _verifier.Dispose();
        _vault.Dispose();
    }

    [Fact]
    public void What_comes_as_it_was_sealed_is_ok_across_restarts()
    {
        byte[]? image = null;
        for (int run = 0; run < 4; run++)
        {
            using Gateway gateway = Gateway.Open(_vault, image);
            Assert.All(_verifier.AcceptAll(gateway.Pages(5)), verdict => Assert.IsType<BatchVerdict.Ok>(verdict));
            gateway.End();
            image = gateway.Device.Image();
        }

        StreamSummary summary = Assert.Single(_verifier.Finish().Streams);
        Assert.Equal((20L, 60L, 0L, 59L), (summary.Batches, summary.Records, summary.FirstRecord, summary.LastRecord));
        Assert.True(_verifier.Finish().IsProven);
        Assert.Empty(summary.Missing);
    }

    [Fact]
    public void The_same_batch_again_is_a_duplicate_whenever_it_comes()
    {
        using Gateway gateway = Gateway.Open(_vault);
        List<HubMessage> sent = gateway.Pages(6);
        _verifier.AcceptAll(sent);
        Assert.All(_verifier.AcceptAll(sent), verdict => Assert.IsType<BatchVerdict.Duplicate>(verdict));
        Assert.Equal(6, _verifier.Finish().Streams[0].Duplicates);
        Assert.True(_verifier.Finish().IsProven);
    }

    [Fact]
    public void A_batch_that_was_taken_away_is_a_gap_that_nothing_explains()
    {
        using Gateway gateway = Gateway.Open(_vault);
        List<HubMessage> sent = gateway.Pages(6);
        _verifier.AcceptAll(sent[..2]);
        var gap = Assert.IsType<BatchVerdict.Gap>(_verifier.Accept(sent[3]));
        Assert.Equal((new NumberRange(3, 3), new NumberRange(6, 8)), (gap.Pages, gap.Records));
        Assert.Empty(gap.Reasons);
        Assert.IsType<BatchVerdict.Ok>(_verifier.Accept(sent[4]));
        Assert.Equal(new MissingRecords(new NumberRange(6, 8), 3, MissingKind.Unexplained, null), Assert.Single(_verifier.Finish().Streams[0].Missing));
        Assert.False(_verifier.Finish().IsProven);
    }

    [Fact]
    public void The_first_batches_are_missed_too_unless_an_excerpt_is_judged()
    {
        using Gateway gateway = Gateway.Open(_vault);
        List<HubMessage> sent = gateway.Pages(4);
        var gap = Assert.IsType<BatchVerdict.Gap>(_verifier.Accept(sent[2]));
        Assert.Equal((new NumberRange(1, 2), new NumberRange(0, 5)), (gap.Pages, gap.Records));
        using BatchVerifier ofExcerpt = _vault.Verifier(new VerifierOptions { IsExcerpt = true });
        Assert.IsType<BatchVerdict.Ok>(ofExcerpt.Accept(sent[2]));
        Assert.IsType<BatchVerdict.Reordered>(ofExcerpt.Accept(sent[1]));
        Assert.True(ofExcerpt.Finish().IsProven);
    }

    [Fact]
    public void A_late_batch_fills_its_gap()
    {
        using Gateway gateway = Gateway.Open(_vault);
        List<HubMessage> sent = gateway.Pages(6);
        Assert.Equal(
            ["Ok", "Gap", "Gap", "Reordered", "Reordered", "Ok"],
            _verifier.AcceptAll([sent[0], sent[2], sent[4], sent[3], sent[1], sent[5]]).Names());
        Assert.True(_verifier.Finish().IsProven);
        Assert.Equal(2, _verifier.Finish().Streams[0].Reordered);
    }

    [Fact]
    public void Any_changed_property_that_is_sealed_is_a_forgery()
    {
        using Gateway gateway = Gateway.Open(_vault);
        HubMessage sent = gateway.Pages(3)[2];
        string epoch = sent.Properties["sp-epoch"];
        (string Property, string? Value)[] changes =
        [
            ("msgType", "status"), ("quality", null), ("quality", "Bad"), ("sp-buffer", $"{new string('0', 32)}-bulk"), ("sp-page", "4"), ("sp-page", "2"),
            ("sp-seq", "7"), ("sp-count", "2"), ("sp-lost", "1"), ("sp-prev", new string('0', 64)), ("sp-mac", new string('0', 64)), ("sp-gap", "true"),
            ("sp-recovered", "true"), ("sp-epoch", $"2{epoch[1..]}"), ("sp-epoch", $"{epoch[..^2]}:0"), ("sp-epoch", $"1:{new string('0', 32)}:1"),
        ];
        foreach ((string property, string? value) in changes)
        {
            Assert.Equal("Forged BadSeal", _verifier.Accept(sent.With(property, value)).Name());
        }

        Assert.Equal(changes.Length, _verifier.Finish().Forged);
        Assert.Empty(_verifier.Finish().Streams);
    }

    [Fact]
    public void A_changed_body_is_a_forgery_before_and_after_the_true_one_came()
    {
        using Gateway gateway = Gateway.Open(_vault);
        HubMessage sent = Assert.Single(gateway.Pages(1));
        HubMessage changed = sent.WithBody(body => body[60] ^= 1);
        Assert.Equal("Forged BadSeal", _verifier.Accept(changed).Name());
        Assert.IsType<BatchVerdict.Ok>(_verifier.Accept(sent));
        Assert.Equal("Forged BadSeal", _verifier.Accept(changed).Name());
        Assert.IsType<BatchVerdict.Duplicate>(_verifier.Accept(sent));
    }

    [Fact]
    public void A_batch_without_a_seal_or_of_a_key_that_nobody_announced_is_a_forgery()
    {
        using Gateway gateway = Gateway.Open(_vault);
        HubMessage sent = Assert.Single(gateway.Pages(1));
        Assert.Equal("Forged Malformed", _verifier.Accept(sent.With("sp-mac", null)).Name());
        Assert.Equal("Forged UnknownKey", _verifier.Accept(sent.With("sp-kid", new string('1', 32))).Name());
        using var noRoots = new ChainRoots();
        using var stranger = new BatchVerifier(noRoots);
        Assert.Equal("Forged UnknownKey", stranger.Accept(sent).Name());
    }

    [Fact]
    public void The_key_of_one_ring_seals_nothing_for_another()
    {
        using Gateway one = Gateway.Open(_vault);
        using Gateway other = Gateway.Open(_vault);
        HubMessage ofOne = Assert.Single(one.Pages(1));
        HubMessage ofOther = Assert.Single(other.Pages(1));
        _verifier.AcceptAll([ofOne, ofOther]);
        Assert.Equal("Forged UnknownKey", _verifier.Accept(ofOne.With("sp-buffer", ofOther.Properties["sp-buffer"])).Name());
        Assert.Equal(2, _verifier.Finish().Streams.Length);
    }

    [Fact]
    public void A_forged_number_far_away_costs_no_more_than_was_allowed_and_leaves_no_trace()
    {
        using Gateway gateway = Gateway.Open(_vault);
        List<HubMessage> sent = gateway.Pages(3);
        _verifier.Accept(sent[0]);
        string epoch = sent[1].Properties["sp-epoch"];
        Assert.Equal("Forged TooFar", _verifier.Accept(sent[1].With("sp-page", "4000000000000")).Name());
        Assert.Equal("Forged TooFar", _verifier.Accept(sent[1].With("sp-epoch", $"4000000000000{epoch[1..]}")).Name());
        Assert.Equal("Forged BadSeal", _verifier.Accept(sent[1].With("sp-page", "60000")).Name());
        Assert.IsType<BatchVerdict.Ok>(_verifier.Accept(sent[1]));
        using BatchVerifier strict = _vault.Verifier(new VerifierOptions { MostSteps = 1 });
        Assert.Equal(["Ok", "Forged TooFar", "Ok", "Ok"], strict.AcceptAll([sent[0], sent[1].With("sp-page", "4"), sent[1], sent[2]]).Names());
    }

    [Fact]
    public void An_old_copy_that_was_put_back_and_used_is_a_fork()
    {
        using Gateway first = Gateway.Open(_vault);
        _verifier.AcceptAll(first.Pages(2));
        first.End();
        byte[] copy = first.Device.Image();
        using Gateway second = Gateway.Open(_vault, copy);
        _verifier.AcceptAll(second.Pages(2));
        using Gateway third = Gateway.Open(_vault, copy);
        Assert.All(_verifier.AcceptAll(third.Pages(2)).Names(), name => Assert.Equal("Fork EpochOpenedTwice", name));
        Assert.Equal(2, _verifier.Finish().Streams[0].Forks);
        Assert.False(_verifier.Finish().IsProven);
    }

    [Fact]
    public void An_old_copy_that_was_opened_once_more_in_between_is_a_fork_by_its_pages()
    {
        using Gateway first = Gateway.Open(_vault);
        _verifier.AcceptAll(first.Pages(2));
        first.End();
        byte[] copy = first.Device.Image();
        using Gateway second = Gateway.Open(_vault, copy);
        _verifier.AcceptAll(second.Pages(6));
        using Gateway third = Gateway.Open(_vault, copy);
        third.End();
        using Gateway fourth = Gateway.Open(_vault, third.Device.Image());
        Assert.Equal("Fork PagesUsedTwice", _verifier.Accept(fourth.Pages(1)[0]).Name());
    }
}
