using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Sallyport.BatchVerification;
using Sallyport.BatchVerification.Content;
using Sallyport.SealedRing.Keys;
using Sallyport.Telemetry;

namespace Sallyport.Simulator.Check;

/// <summary>Verifies all batches that arrived, in the order in which they did: their seals, and then what is in them.</summary>
/// <remarks>The roots come from the announcements among their records.</remarks>
/// <param name="verifier">Opens announcements.</param>
/// <param name="rules">What values the plant can have.</param>
internal sealed class SealCheck(RSA verifier, ContentRules rules)
{
    private const string AnnouncementSchema = "sallyport.announce/1";

    private int _told;

    /// <summary>Told of each batch the first time that it was judged: its message, the verdict, and when it arrived.</summary>
    public Action<HubMessage, BatchVerdict, DateTimeOffset>? Judged { get; init; }

    /// <summary>Verifies what arrived so far.</summary>
    /// <param name="arrivals">All messages, redelivered or not.</param>
    /// <param name="findings">What is wrong.</param>
    public SealVerdicts Judge(IReadOnlyList<Arrival> arrivals, Findings findings)
    {
        (int At, HubMessage Message, DateTimeOffset Arrived)[] sealedOnes =
        [
            .. from arrival in arrivals.Index()
               where arrival.Item.Message.Properties.GetValueOrDefault(MessageProperties.Schema) is BatchBody.Schema
               select (arrival.Index, arrival.Item.Message, arrival.Item.At),
        ];
        HubMessage[] messages = [.. sealedOnes.Select(one => one.Message)];
        using ChainRoots roots = ReadRoots(messages);
        bool isExcerpt = BeginsLater(messages);
        using var judge = new BatchVerifier(roots, new VerifierOptions { IsExcerpt = isExcerpt });
        var content = new ContentCheck(rules, isExcerpt);
        var batches = new SealedBatches(findings);
        foreach ((int place, (int at, HubMessage message, DateTimeOffset arrived)) in sealedOnes.Index())
        {
            BatchVerdict verdict = judge.Accept(message.Properties, message.Body);
            if (place >= _told)
            {
                Judged?.Invoke(message, verdict, arrived);
            }

            batches.Add(at, message, verdict);
            AddAll(content.Accept(verdict), findings);
        }

        _told = sealedOnes.Length;
        VerificationSummary summary = judge.Finish();
        AddAll(content.Finish(summary), findings);
        FindMissing(summary, findings);
        return batches.Verdicts;
    }

    private static void AddAll(IEnumerable<ContentFinding> found, Findings findings)
    {
        foreach (ContentFinding finding in found)
        {
            findings.Add(FindingKind.Implausible, $"Not plausible: {ContentFindingText.Of(finding)}.");
        }
    }

    private static void FindMissing(VerificationSummary summary, Findings findings)
    {
        foreach (StreamSummary stream in summary.Streams.Where(stream => !stream.IsProven && stream.Forks == 0))
        {
            findings.Add(
                FindingKind.MissingRecord,
                $"The seals of {stream.Buffer:x32} show records missing without a reason: {string.Join(", ", stream.Missing.Where(missing => missing.Kind is not MissingKind.Lost))}.");
        }
    }

    // A ring of an earlier run goes on where it ended: what went before was verified then.
    private static bool BeginsLater(HubMessage[] messages)
    {
        const long FirstPage = 1;
        var first = new Dictionary<UInt128, long>();
        foreach (HubMessage message in messages)
        {
            if (BatchProperties.TryRead(message.Properties, message.Body, out SealedBatch? batch, out _))
            {
                UInt128 buffer = batch!.Fields.Buffer;
                first[buffer] = Math.Min(batch.Fields.Page, first.GetValueOrDefault(buffer, long.MaxValue));
            }
        }

        return first.Values.Any(page => page > FirstPage);
    }

    private ChainRoots ReadRoots(HubMessage[] messages)
    {
        var roots = new ChainRoots();
        foreach (HubMessage message in messages)
        {
            if (!BatchBody.TrySplit(message.Body, out ImmutableArray<ReadOnlyMemory<byte>> records))
            {
                continue;
            }

            foreach (ReadOnlyMemory<byte> record in records)
            {
                if (TryReadAnnouncement(record, out UInt128 buffer, out Announcement? announcement) && announcement!.TryOpen(verifier, buffer, out SecretKey? root))
                {
                    roots.Add(root, announcement.FirstEpoch);
                }
            }
        }

        return roots;
    }

    private static bool TryReadAnnouncement(ReadOnlyMemory<byte> record, out UInt128 buffer, out Announcement? announcement)
    {
        (buffer, announcement) = (0, null);
        using var document = JsonDocument.Parse(record);
        JsonElement json = document.RootElement;
        if (!json.TryGetProperty("schema", out JsonElement schema) || !schema.ValueEquals(AnnouncementSchema))
        {
            return false;
        }

        buffer = Hexadecimal(json, "buffer");
        announcement = new Announcement(
            Hexadecimal(json, "kid"),
            long.Parse(json.GetProperty("firstEpoch").GetString()!, CultureInfo.InvariantCulture),
            json.GetProperty("created").GetDateTimeOffset().ToUnixTimeMilliseconds(),
            [.. Convert.FromHexString(json.GetProperty("recipient").GetString()!)],
            [.. json.GetProperty("wrappedRoot").GetBytesFromBase64()]);
        return true;
    }

    private static UInt128 Hexadecimal(JsonElement json, string name) =>
        UInt128.Parse(json.GetProperty(name).GetString()!, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
