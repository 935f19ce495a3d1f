using CsCheck;
using Sallyport.Telemetry;

namespace Sallyport.BatchVerification.Tests;

/// <summary>Memory has bounds, and what is forgotten is judged for good first.</summary>
public sealed class BoundedTests
{
    private const int ManyPages = 2_600;

    [Fact]
    public void A_long_stream_with_every_other_batch_taken_away_is_judged_in_bounded_memory()
    {
        using var vault = new Vault();
        using Gateway gateway = Gateway.Open(vault);
        List<HubMessage> sent = gateway.Pages(ManyPages, records: 1);
        using BatchVerifier verifier = vault.Verifier();
        verifier.AcceptAll(sent.Where((_, at) => at % 2 == 0));
        StreamSummary summary = verifier.Finish().Streams[0];
        Assert.Equal((ManyPages / 2) - 1, summary.CountOf(MissingKind.Unexplained));
        Assert.InRange(summary.Missing.Length, 1000, 1024);
        Assert.InRange(verifier.WriteState().Length, 100_000, 400_000);

        Assert.Equal("Duplicate", verifier.Accept(sent[0]).Name());
        Assert.Equal("Reordered", verifier.Accept(sent[ManyPages - 5]).Name());
        Assert.Equal("Duplicate", verifier.Accept(sent[ManyPages - 5]).Name());
    }

    [Fact]
    public void After_a_restart_a_page_far_into_its_epoch_is_reached_though_few_steps_are_allowed()
    {
        using var vault = new Vault();
        using Gateway gateway = Gateway.Open(vault);
        List<HubMessage> sent = gateway.Pages(300, records: 1);
        var options = new VerifierOptions { MostSteps = 20 };
        using BatchVerifier verifier = vault.Verifier(options);
        Assert.All(verifier.AcceptAll(sent[..250]), verdict => Assert.IsType<BatchVerdict.Ok>(verdict));
        using BatchVerifier restarted = BatchVerifier.ReadState(verifier.WriteState(), vault.Roots, options)!;
        Assert.Equal(["Ok", "Gap", "Duplicate"], restarted.AcceptAll([sent[250], sent[265], sent[10]]).Names());
        Assert.Equal("Forged TooFar", restarted.Accept(sent[299]).Name());
    }

    [Fact]
    public void Late_pages_of_several_epochs_are_still_proven()
    {
        using var vault = new Vault();
        byte[]? image = null;
        List<HubMessage> sent = [];
        for (int opening = 0; opening < 8; opening++)
        {
            using Gateway gateway = Gateway.Open(vault, image);
            sent.AddRange(gateway.Pages(3));
            gateway.End();
            image = gateway.Device.Image();
        }

        using BatchVerifier verifier = vault.Verifier();
        verifier.Accept(sent[^1]);
        Assert.All(verifier.AcceptAll(sent[..^1].AsEnumerable().Reverse()), verdict => Assert.IsType<BatchVerdict.Reordered>(verdict));
        Assert.True(verifier.Finish().IsProven);
    }

    [Fact]
    public void A_state_that_was_changed_gives_a_verifier_or_nothing_and_never_throws()
    {
        using var vault = new Vault();
        using BatchVerifier verifier = vault.Verifier();
        List<HubMessage> stream = StreamPropertyTests.TrueStream(vault);
        verifier.AcceptAll([.. stream[..4], .. stream[6..8]]);
        byte[] state = verifier.WriteState();
        Gen.Select(Gen.Int[0, state.Length - 1], Gen.Byte, Gen.Int[0, 4]).Sample(
            (at, value, cut) =>
            {
                byte[] changed = cut == 0 ? state[..at] : [.. state[..at], value, .. state[(at + 1)..]];
                using BatchVerifier? read = BatchVerifier.ReadState(changed, vault.Roots);
                read?.Accept(stream[9]);
                read?.Finish();
            },
            iter: 3000,
            threads: 1);
    }
}
