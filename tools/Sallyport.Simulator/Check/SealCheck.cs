using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Sallyport.BatchVerification;
using Sallyport.SealedRing.Keys;
using Sallyport.Telemetry;

namespace Sallyport.Simulator.Check;

/// <summary>Verifies the seals of all batches that arrived, in the order in which they did. The roots come from the announcements among their records.</summary>
internal sealed class SealCheck(RSA verifier)
{
    private const string AnnouncementSchema = "sallyport.announce/1";

    private readonly List<HubMessage> _batches = [];

    /// <summary>Takes one message, redelivered or not.</summary>
    public void Accept(HubMessage message)
    {
        if (message.Properties.GetValueOrDefault(MessageProperties.Schema) is BatchBody.Schema)
        {
            _batches.Add(message);
        }
    }

    /// <summary>Verifies what arrived so far.</summary>
    /// <returns>How many batches are proven; what is wrong with the others is a finding.</returns>
    public long Judge(Findings findings)
    {
        using ChainRoots roots = ReadRoots();
        using var batches = new BatchVerifier(roots, new VerifierOptions { IsExcerpt = BeginsLater() });
        long proven = 0;
        foreach (HubMessage message in _batches)
        {
            switch (batches.Accept(message.Properties, message.Body))
            {
                case BatchVerdict.Forged forged:
                    findings.Add(FindingKind.Forged, $"Batch {message.MessageId} is forged ({forged.Sign}): {forged.Reason}");
                    break;
                case BatchVerdict.Fork fork:
                    findings.Add(FindingKind.Forged, $"Batch {message.MessageId} contradicts another of its ring ({fork.Sign}): an old copy was put back, or it runs twice.");
                    break;
                default:
                    proven++;
                    break;
            }
        }

        foreach (StreamSummary stream in batches.Finish().Streams.Where(stream => !stream.IsProven && stream.Forks == 0))
        {
            findings.Add(
                FindingKind.MissingRecord,
                $"The seals of {stream.Buffer:x32} show records missing without a reason: {string.Join(", ", stream.Missing.Where(missing => missing.Kind is not MissingKind.Lost))}.");
        }

        return proven;
    }

    // A ring of an earlier run goes on where it ended: what went before was verified then.
    private bool BeginsLater()
    {
        const long FirstPage = 1;
        var first = new Dictionary<UInt128, long>();
        foreach (HubMessage message in _batches)
        {
            if (BatchProperties.TryRead(message.Properties, message.Body, out SealedBatch? batch, out _))
            {
                UInt128 buffer = batch!.Fields.Buffer;
                first[buffer] = Math.Min(batch.Fields.Page, first.GetValueOrDefault(buffer, long.MaxValue));
            }
        }

        return first.Values.Any(page => page > FirstPage);
    }

    private ChainRoots ReadRoots()
    {
        var roots = new ChainRoots();
        foreach (HubMessage message in _batches)
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
            [.. json.GetProperty("wrappedRoot").GetBytesFromBase64()],
            IsAcknowledged: false);
        return true;
    }

    private static UInt128 Hexadecimal(JsonElement json, string name) =>
        UInt128.Parse(json.GetProperty(name).GetString()!, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
