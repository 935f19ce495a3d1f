using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using Sallyport.SealedRing.Format;
using Sallyport.SealedRing.Keys;
using Sallyport.TestKit;

namespace Sallyport.SealedRing.Tests;

/// <summary>A reader in another language, with another cryptographic library, written from the document: it finds the same records and the same seals.</summary>
public sealed class IndependentReaderTests
{
    [Fact(Timeout = 60_000)]
    public async Task A_reader_written_from_the_document_opens_a_ring_and_finds_its_records_and_seals()
    {
        Peer.RequirePython("cryptography");
        CancellationToken over = TestContext.Current.CancellationToken;
        using var owner = RSA.Create(3072);
        using X509Certificate2 certificate = TestKeys.NewCertificate(owner);
        Assert.True(VerifierKey.TryCreate(certificate, out VerifierKey? verifier, out _));
        var wrapper = new TestKeys.Moody(TestRing.Wrapper);
        var device = new RecordingDevice(128 * RingGeometry.BlockSize);
        List<string> expected = [];
        Announcement? announcement = null;
        UInt128 buffer = 0;

        // Over several epochs, and more than once round the ring.
        for (int epoch = 0; epoch < 3; epoch++)
        {
            var file = new RingFile(TestRing.Options with { Compression = 0 }, [wrapper], new FakeTimeProvider(TestRing.Noon.Wall)) { Verifier = verifier };
            RingOpening.Opened opened = Assert.IsType<RingOpening.Opened>(await file.OpenAsync(device, snapshotBlocks: 5, over));
            using var ring = new TestRing { Ring = opened.Ring, Device = device, Origin = opened.Origin, Report = opened.Report, Fault = opened.Fault };
            (announcement, buffer) = (ring.Ring.Announcement, ring.Ring.Buffer);
            for (int record = 0; record < 60; record++)
            {
                ring.Append($"r{epoch}-{record}-{new string('x', record * 40)}");
                ring.Commit();
            }

            ring.Ring.Seal(TestRing.Noon);
            ring.Commit();
            expected = [.. ring.Drain().Select(page => string.Create(
                CultureInfo.InvariantCulture, $"{page.Number} {page.Fields.FirstSeq} {page.Fields.Count} True {page.Text()}"))];
            Assert.True(ring.End());
        }

        Assert.True(announcement!.TryOpen(owner, buffer, out SecretKey? root));
        byte[] chainRoot = new byte[SecretKey.Size];
        root.CopyTo(chainRoot);
        string[] lines = await RunAsync(device.Image(), wrapper.Seen, chainRoot, announcement.FirstEpoch, over);
        Assert.True(expected.Count > 10);
        Assert.Superset(expected.ToHashSet(StringComparer.Ordinal), lines.ToHashSet(StringComparer.Ordinal));
        Assert.All(lines, line => Assert.Contains(" True ", line, StringComparison.Ordinal));
    }

    private static async Task<string[]> RunAsync(byte[] image, byte[] root, byte[] chainRoot, long firstEpoch, CancellationToken over)
    {
        string path = Path.GetTempFileName();
        await File.WriteAllBytesAsync(path, image, over);
        using Process python = Process.Start(new ProcessStartInfo(
            "/usr/bin/python3",
            [
                Path.Combine(AppContext.BaseDirectory, "peers", "open_ring.py"), path, Convert.ToHexString(root), Convert.ToHexString(chainRoot),
                firstEpoch.ToString(CultureInfo.InvariantCulture),
            ])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        string output = await python.StandardOutput.ReadToEndAsync(over);
        await python.WaitForExitAsync(over);
        File.Delete(path);
        Assert.Equal(0, python.ExitCode);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
