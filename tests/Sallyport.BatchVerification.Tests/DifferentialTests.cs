using Sallyport.SealedRing.Format;
using Sallyport.Telemetry;
using Sallyport.TestKit;

namespace Sallyport.BatchVerification.Tests;

/// <summary>The ring and the verifier know nothing of each other but the batches, and have to agree.</summary>
public sealed class DifferentialTests(ITestOutputHelper output)
{
    private const int DeviceBytes = 64 * RingGeometry.BlockSize;

    [Fact]
    public void After_kills_and_power_cuts_nothing_is_forged_or_forked_and_every_missing_record_is_told_of()
    {
        int seed = Dice.NewSeed();
        output.WriteLine($"SALLYPORT_SEED={seed}");
        long clockSteps = 0;
        var reasons = new SortedSet<string>(StringComparer.Ordinal);
        for (int run = 0; run < 40; run++)
        {
            using var vault = new Vault();
            using BatchVerifier verifier = vault.Verifier();
            var dice = new Dice(seed + run);
            var journey = new RingJourney(vault, dice, verifier);
            byte[] image = new byte[DeviceBytes];
            for (int opening = dice.Next(1, 8); opening > 0; opening--)
            {
                image = journey.Run(image, dice.Next(60));
            }

            journey.Run(image, 20, isOrderly: true);
            VerificationSummary summary = verifier.Finish();
            string told = $"run {run}: {string.Join(", ", summary.Streams[0].Missing)}; {string.Join(", ", journey.Verdicts)}";
            Assert.DoesNotContain(journey.Verdicts.Keys, verdict => verdict.StartsWith('F'));
            Assert.True(summary.Streams[0].CountOf(MissingKind.Unexplained) == 0, told);
            foreach (long seq in journey.Appended.Except(journey.Arrived))
            {
                Assert.True(summary.Streams[0].Missing.Any(missing => missing.Range.First <= seq && seq <= missing.Range.Last), $"{seq} {told}");
            }

            Assert.True(journey.Lost.Values.Zip(journey.Lost.Values.Skip(1)).All(pair => pair.First <= pair.Second), $"sp-lost goes back: {string.Join(' ', journey.Lost)}");
            reasons.UnionWith(summary.Streams[0].Missing.Select(missing => $"{missing.Kind} {missing.Reason}"));
            Assert.True(summary.IsProven, told);
            clockSteps += summary.Streams[0].ClockSteps;
        }

        output.WriteLine($"{clockSteps} clock steps; {string.Join(", ", reasons)}");
        Assert.True(clockSteps > 0);
        Assert.Contains(reasons, reason => reason.StartsWith("Lost", StringComparison.Ordinal));
        Assert.Contains("Skipped Unclean", reasons);
    }

    [Fact]
    public void A_batch_taken_away_from_such_a_stream_is_always_seen()
    {
        int seed = Dice.NewSeed();
        output.WriteLine($"SALLYPORT_SEED={seed}");
        for (int run = 0; run < 20; run++)
        {
            var dice = new Dice(seed + run);
            using var vault = new Vault();
            byte[] image = new byte[DeviceBytes];
            List<HubMessage> sent = [];
            for (int opening = 0; opening < 3; opening++)
            {
                using Gateway gateway = Gateway.Open(vault, image);
                sent.AddRange(gateway.Pages(dice.Next(2, 6), records: dice.Next(1, 4)));
                gateway.Append();
                gateway.Commit();
                image = gateway.Device.Torn(dice);
            }

            int away = dice.Next(sent.Count - 1);
            using BatchVerifier verifier = vault.Verifier();
            verifier.AcceptAll(sent.Where((_, at) => at != away));
            bool isLastOfItsEpoch = away + 1 == sent.Count || !string.Equals(sent[away].Properties["sp-epoch"], sent[away + 1].Properties["sp-epoch"], StringComparison.Ordinal);
            bool isFirstOfItsEpoch = away == 0 || !string.Equals(sent[away].Properties["sp-epoch"], sent[away - 1].Properties["sp-epoch"], StringComparison.Ordinal);
            Assert.True(isLastOfItsEpoch || isFirstOfItsEpoch || !verifier.Finish().IsProven, $"run {run}: batch {away}");
        }
    }

    [Fact]
    public void A_copy_that_was_put_back_is_a_fork_as_soon_as_it_says_a_word()
    {
        int seed = Dice.NewSeed();
        output.WriteLine($"SALLYPORT_SEED={seed}");
        var dice = new Dice(seed);
        int forks = 0;
        for (int run = 0; run < 30; run++)
        {
            using var vault = new Vault();
            using BatchVerifier verifier = vault.Verifier();
            List<byte[]> images = [new byte[DeviceBytes]];
            for (int opening = dice.Next(2, 5); opening > 0; opening--)
            {
                images.Add(Use(vault, verifier, images[^1], expected: null));
            }

            // Not the first: a device that holds nothing becomes another ring.
            Use(vault, verifier, images[dice.Next(1, images.Count - 1)], "Fork EpochOpenedTwice");
            forks += (int)verifier.Finish().Streams[0].Forks;
            Assert.False(verifier.Finish().IsProven);
        }

        Assert.True(forks >= 30);
    }

    private static byte[] Use(Vault vault, BatchVerifier verifier, byte[] image, string? expected)
    {
        using Gateway gateway = Gateway.Open(vault, image);
        gateway.Append();
        foreach (string verdict in verifier.AcceptAll(gateway.Drain()).Names())
        {
            Assert.True(expected is null ? !verdict.StartsWith('F') : string.Equals(verdict, expected, StringComparison.Ordinal), verdict);
        }

        gateway.Commit();
        return gateway.Device.Image();
    }
}
