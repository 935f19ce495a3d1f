using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Sallyport.Hosting;
using Sallyport.Hosting.Configuration;
using Sallyport.SealedRing.Format;
using Sallyport.SealedRing.Keys;
using Sallyport.Telemetry;

namespace Sallyport.SecureBuffer.Configuration;

/// <summary>Reads the desired properties. Everything may be left out; an empty document is <see cref="BufferPlan.Default"/>.</summary>
internal sealed class BufferPlanReader : IPlanReader<BufferPlan>
{
    // A page takes a frame of any size that a reader may send, and stays a message that IoT Hub takes.
    private const int SmallestPage = Frame.MaxEncodedBytes + 1024;
    private const int LargestPage = 64 * 1024;
    private const int SmallestRing = (int)RingGeometry.MinSize;
    private const int LargestRing = 1024 * 1024 * 1024;
    private const int PagesInRing = 16;
    private const int LongestCommitIntervalMs = 300_000;
    private const int ShortestLatencyMs = 50;
    private const int LongestLatencyMs = 600_000;
    private const int LargestWindow = 8;
    private const int LongestCertificate = 8192;

    // Whether it is the direct one.
    private static readonly FrozenDictionary<string, bool> Uplinks =
        new Dictionary<string, bool>(StringComparer.Ordinal) { ["edgeHub"] = false, ["direct"] = true }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, DeliveryProof> Proofs = new Dictionary<string, DeliveryProof>(StringComparer.Ordinal)
    {
        ["edgeHubMetrics"] = DeliveryProof.EdgeHubMetrics,
        ["puback"] = DeliveryProof.PubAck,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <inheritdoc/>
    public PlanReading<BufferPlan> Read(JsonElement desired)
    {
        var faults = new DesiredFaults();
        DesiredReader root = DesiredReader.Root(desired, faults);
        root.IsObjectOf("sizeBytes", "alertsSizeBytes", "pageBytes", "maxLatencyMs", "uplink", "direct", "deliveryProof", "window", "commitIntervalMs", "writeThrough",
            "verifierCertificate");

        BufferPlan absent = BufferPlan.Default;
        var isPage = root["pageBytes"].TryInteger(SmallestPage, LargestPage, absent.PageInBytes, out var page);
        var smallest = isPage ? PagesInRing * page : 0;
        var size = ReadSize(root["sizeBytes"], absent.SizeInBytes, smallest);
        var alertsSize = ReadSize(root["alertsSizeBytes"], absent.AlertsSizeInBytes, smallest);
        root["maxLatencyMs"].TryInteger(
            ShortestLatencyMs, LongestLatencyMs, (int)absent.MaxLatency.TotalMilliseconds, out var latency);
        DirectUplinkPlan? direct = ReadDirect(root);
        DeliveryProof proof = ReadProof(root["deliveryProof"], direct is not null);
        root["window"].TryInteger(1, LargestWindow, absent.Window, out var window);
        root["commitIntervalMs"].TryInteger(0, LongestCommitIntervalMs, (int)absent.CommitInterval.TotalMilliseconds, out var commitInterval);
        VerifierKey? verifier = ReadVerifier(root["verifierCertificate"]);
        root["writeThrough"].TryFlag(absent.IsWriteThrough, out var isWriteThrough);

        return faults.IsEmpty
            ? new PlanReading<BufferPlan>.Accepted(
                new BufferPlan(
                    size, alertsSize, page, TimeSpan.FromMilliseconds(latency), proof, window, TimeSpan.FromMilliseconds(commitInterval), isWriteThrough,
                    verifier)
                {
                    Direct = direct,
                })
            : new PlanReading<BufferPlan>.Refused(faults.ToImmutable());
    }

    private static DirectUplinkPlan? ReadDirect(DesiredReader root)
    {
        if (root["uplink"].TryChoice(Uplinks, absent: false, out var isDirect) && isDirect)
        {
            return DirectUplinkReader.Read(root["direct"]);
        }

        if (root["direct"].Exists)
        {
            root["direct"].Refuse("This is for the uplink direct only: leave it out, or set uplink to direct.");
        }

        return null;
    }

    private static DeliveryProof ReadProof(DesiredReader place, bool isDirect)
    {
        DeliveryProof absent = isDirect ? DeliveryProof.PubAck : BufferPlan.Default.Proof;
        if (place.TryChoice(Proofs, absent, out DeliveryProof proof) && isDirect && proof != DeliveryProof.PubAck)
        {
            place.Refuse("edgeHub's metrics say nothing about the direct uplink: leave this out, or set it to puback, which comes from IoT Hub itself there.");
        }

        return proof;
    }

    private static VerifierKey? ReadVerifier(DesiredReader place)
    {
        if (!place.Exists || !place.TryText(LongestCertificate, out var pem))
        {
            return null;
        }

        try
        {
            using var certificate = X509Certificate2.CreateFromPem(pem);
            if (VerifierKey.TryCreate(certificate, out VerifierKey? verifier, out var reason))
            {
                return verifier;
            }

            place.Refuse($"The certificate is not the verifier's: {reason}.");
        }
        catch (CryptographicException)
        {
            place.Refuse("It is no certificate in PEM: -----BEGIN CERTIFICATE-----, Base64, -----END CERTIFICATE-----.");
        }

        return null;
    }

    private static int ReadSize(DesiredReader place, int absent, int smallest)
    {
        if (place.TryInteger(SmallestRing, LargestRing, absent, out var size) && size < smallest)
        {
            place.Refuse($"{size} bytes are not room for {PagesInRing} pages, which take {smallest}.");
        }

        return size;
    }
}
