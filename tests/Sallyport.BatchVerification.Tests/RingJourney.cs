using Sallyport.SealedRing;
using Sallyport.Telemetry;
using Sallyport.TestKit;

namespace Sallyport.BatchVerification.Tests;

/// <summary>What happens to a ring and to its batches on their way, decided by a seed; and who was told what.</summary>
internal sealed class RingJourney(Vault vault, Dice dice, BatchVerifier verifier)
{
    // So that the ring runs full now and then.
    private static readonly RingOptions Uncompressed = Gateway.Options with { Compression = 0 };

    /// <summary>Numbers of all records that the ring took.</summary>
    public HashSet<long> Appended { get; } = [];

    /// <summary>Numbers of records in batches that arrived.</summary>
    public HashSet<long> Arrived { get; } = [];

    /// <summary>The lost records that pages which arrived speak of, by page.</summary>
    public SortedDictionary<long, long> Lost { get; } = [];

    public Dictionary<string, int> Verdicts { get; } = new(StringComparer.Ordinal);

    /// <summary>One opening, some work, and the end: in order, killed, or with the power cut.</summary>
    /// <param name="image">What the device holds.</param>
    /// <param name="steps">How much work.</param>
    /// <param name="isOrderly">Drained and closed in the end, whatever the dice say.</param>
    /// <returns>What the device holds afterwards.</returns>
    public byte[] Run(byte[] image, int steps, bool isOrderly = false)
    {
        using Gateway gateway = Gateway.Open(vault, image, Uncompressed);
        for (int step = 0; step < steps; step++)
        {
            Step(gateway);
        }

        if (isOrderly)
        {
            gateway.Ring.Seal(Gateway.Noon);
            DeliverAll(gateway);
            DeliverAll(gateway);
        }

        int end = isOrderly ? 0 : dice.Next(3);
        if (end == 0)
        {
            gateway.End();
        }

        return end == 2 ? gateway.Device.Torn(dice) : gateway.Device.Image();
    }

    private void Step(Gateway gateway)
    {
        switch (dice.Next(12))
        {
            case < 7:
                Appended.Add(gateway.Append(dice.Next(dice.Next(3) == 0 ? 14_000 : 900)));
                break;
            case < 9:
                gateway.Commit();
                break;
            case 9:
                gateway.Ring.Seal(Gateway.Noon with { Wall = Gateway.Noon.Wall.AddHours(dice.Next(3)) });
                break;
            default:
                Deliver(gateway);
                break;
        }
    }

    private void Deliver(Gateway gateway)
    {
        for (int pages = dice.Next(4); pages >= 0 && gateway.Take() is { } page; pages--)
        {
            int fate = dice.Next(6);
            if (fate > 0)
            {
                Arrive(page);
            }

            if (fate > 1)
            {
                gateway.Ring.Confirm([page.Number]);
            }
            else
            {
                gateway.Ring.Return([page.Number]);
            }
        }
    }

    private void DeliverAll(Gateway gateway)
    {
        while (gateway.Take() is { } page)
        {
            Arrive(page);
            gateway.Ring.Confirm([page.Number]);
        }
    }

    private void Arrive(SealedPage page)
    {
        HubMessage message = Gateway.MessageOf(page);
        string verdict = verifier.Accept(message).Name();
        Verdicts[verdict] = Verdicts.GetValueOrDefault(verdict) + 1;
        Lost[page.Number] = page.Fields.Lost;
        for (long seq = page.Fields.FirstSeq; seq <= page.LastSeq; seq++)
        {
            Arrived.Add(seq);
        }
    }
}
