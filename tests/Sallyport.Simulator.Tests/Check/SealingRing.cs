using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sallyport.BatchVerification;
using Sallyport.BatchVerification.Content;
using Sallyport.SealedRing;
using Sallyport.SealedRing.Devices;
using Sallyport.SealedRing.Keys;
using Sallyport.SecureBuffer.Configuration;
using Sallyport.SecureBuffer.Keys;
using Sallyport.SecureBuffer.Storage;
using Sallyport.Simulator.Check;
using Sallyport.Simulator.Cloud;
using Sallyport.Telemetry;

namespace Sallyport.Simulator.Tests.Check;

/// <summary>A ring as SecureBuffer has it, whose pages arrive sealed; the first one brings the announcement for the verifier.</summary>
internal sealed class SealingRing : IDisposable
{
    private static readonly Lazy<VerifierIdentity> Verifier = new(static () =>
        VerifierIdentity.Open(Path.Combine(Directory.CreateTempSubdirectory("sallyport-").FullName, "verifier.pem"), TimeProvider.System.GetUtcNow()));

    private static readonly Moment Noon = new(TimeSpan.FromMinutes(1), Pages.Noon);

    private readonly PageRing _ring;
    private long _arrived;

    private SealingRing(PageRing ring) => _ring = ring;

    public static async Task<SealingRing> OpenAsync()
    {
        using X509Certificate2 certificate = X509Certificate2.CreateFromPem(Verifier.Value.CertificatePem);
        Assert.True(VerifierKey.TryCreate(certificate, out VerifierKey? key, out string? reason), reason);
        var wrapper = new FileKeyWrapper(SecretKey.Copy(RandomNumberGenerator.GetBytes(SecretKey.Size)), RandomNumberGenerator.Fill);
        var file = new RingFile(LaneRing.OptionsFor(MessageType.Telemetry, BufferPlan.Default), [wrapper], TimeProvider.System) { Verifier = key };
        RingOpening opening = await file.OpenAsync(
            new MemoryDevice(512 * 1024), LaneRing.SnapshotBlocksFor(BufferPlan.Default), TestContext.Current.CancellationToken);
        var ring = new SealingRing(Assert.IsType<RingOpening.Opened>(opening).Ring);
        ring.Append(AnnouncementJson.Write(ring._ring.Announcement!, ring._ring.Buffer, "edge-1", "SecureBuffer", signer: null).Span);
        return ring;
    }

    /// <summary>A check that can open the announcement.</summary>
    public static DeliveryCheck NewCheck(params PointRule[] rules) => new([Pages.Unique], seals: new SealCheck(Verifier.Value.Key, new ContentRules([.. rules])));

    /// <summary>The next page, as it arrives at IoT Hub.</summary>
    public CloudMessage Page(params ReadOnlySpan<byte[]> records)
    {
        foreach (byte[] record in records)
        {
            Append(record);
        }

        _ring.Seal(Noon);
        SealedPage page = Assert.IsType<TakeOutcome.Taken>(_ring.Take(Noon)).Page;
        _ring.Confirm([page.Number]);
        HubMessage message = BatchProperties.Message(page, "bulk", "SecureBuffer", isReplay: false);
        return new CloudMessage(_arrived++, Pages.Noon.AddSeconds(60 + _arrived), "edge-1", "SecureBuffer", message);
    }

    public void Dispose() => _ring.Dispose();

    private void Append(ReadOnlySpan<byte> record) => Assert.True(
        _ring.TryAppend(record, BatchNumbers.ContentOf(MessageType.Telemetry), BatchNumbers.MarkOf(Quality.Good), Noon, out _));
}
