using CsCheck;
using Sallyport.Telemetry;

namespace Sallyport.BatchVerification.Tests;

/// <summary>Any mixture of drops, repeats, swaps and edits of a true stream is judged as exactly that.</summary>
public sealed class StreamPropertyTests
{
    private static readonly Gen<(Arrivals.Deed Deed, int First, int Second)[]> Deeds =
        Gen.Select(Gen.Enum<Arrivals.Deed>(), Gen.Int[0, 10_000], Gen.Int[0, 10_000]).Array[0, 20];

    [Fact]
    public void Whatever_happens_to_a_true_stream_is_named_with_and_without_a_restart_of_the_verifier()
    {
        using var vault = new Vault();
        List<HubMessage> stream = TrueStream(vault);
        Gen.Select(Deeds, Gen.Int[0, 3]).Sample((deeds, restart) => Judge(vault, stream, deeds, restart), iter: 100, threads: 1);
    }

    internal static List<HubMessage> TrueStream(Vault vault)
    {
        using Gateway first = Gateway.Open(vault);
        List<HubMessage> stream = [.. first.Pages(10, records: 1), .. first.Pages(5, records: 4)];
        first.End();
        using Gateway second = Gateway.Open(vault, first.Device.Image());
        stream.AddRange(second.Pages(10, records: 2));
        return stream;
    }

    private static void Judge(Vault vault, List<HubMessage> stream, (Arrivals.Deed Deed, int First, int Second)[] deeds, int restart)
    {
        var arrivals = new Arrivals(stream);
        foreach ((Arrivals.Deed deed, int first, int second) in deeds)
        {
            arrivals.Do(deed, first, second);
        }

        BatchVerifier verifier = vault.Verifier();
        foreach ((HubMessage message, string expected) in arrivals.Judged())
        {
            Assert.Equal(expected, Short(verifier.Accept(message)));
            if (restart > 0 && verifier.Forged % restart == 0)
            {
                byte[] state = verifier.WriteState();
                verifier.Dispose();
                verifier = Assert.IsType<BatchVerifier>(BatchVerifier.ReadState(state, vault.Roots));
                Assert.Equal(state, verifier.WriteState());
            }
        }

        VerificationSummary summary = verifier.Finish();
        verifier.Dispose();
        long[] missing = [.. summary.Streams.SelectMany(ring => ring.Missing).SelectMany(records => Numbers(records.Range))];
        Assert.Equal(arrivals.Missing().SelectMany(message => Numbers(RecordsOf(message))), missing);
        Assert.Equal(missing.Length == 0 && arrivals.Judged().All(arrival => arrival.Verdict is not "Forged"), summary.IsProven);
    }

    private static string Short(BatchVerdict verdict) => verdict switch
    {
        BatchVerdict.Gap gap => $"Gap {gap.Records!.Value.First} to {gap.Records.Value.Last}",
        _ => verdict.GetType().Name,
    };

    private static NumberRange RecordsOf(HubMessage message) =>
        BatchProperties.TryRead(message.Properties, message.Body, out SealedBatch? batch, out _) ? batch!.Records : default;

    private static IEnumerable<long> Numbers(NumberRange range) => Enumerable.Range(0, (int)range.Count).Select(at => range.First + at);
}
