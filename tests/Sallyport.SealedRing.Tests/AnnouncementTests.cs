using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Sallyport.SealedRing.Devices;
using Sallyport.SealedRing.Format;
using Sallyport.SealedRing.Keys;

namespace Sallyport.SealedRing.Tests;

/// <summary>How the verifier gets the root of the chain.</summary>
public sealed class AnnouncementTests
{
    private static readonly RSA First = RSA.Create(3072);
    private static readonly RSA Second = RSA.Create(3072);
    private static readonly VerifierKey FirstKey = KeyOf(First);
    private static readonly VerifierKey SecondKey = KeyOf(Second);

    [Fact]
    public void The_verifier_checks_the_seals_of_all_epochs_with_the_root_that_was_announced()
    {
        var device = new RecordingDevice(64 * RingGeometry.BlockSize);
        Announcement announcement = null!;
        var pages = new List<SealedPage>();
        UInt128 buffer = 0;
        for (int epoch = 1; epoch <= 3; epoch++)
        {
            using TestRing ring = Open(device, FirstKey);
            Assert.Equal(epoch, ring.Ring.Epoch.Number);
            announcement = ring.Ring.Announcement!;
            buffer = ring.Ring.Buffer;
            ring.Append($"r{epoch}");
            pages.AddRange(ring.Drain());
            Assert.True(ring.End());
        }

        Assert.Equal(1, announcement.FirstEpoch);
        Assert.True(announcement.TryOpen(First, buffer, out SecretKey? root));
        Assert.All(pages, page => Assert.Equal(announcement.KeyId, page.Fields.KeyId));
        Assert.All(pages, page => Assert.Equal(page.Mac, SealOf(root, announcement.FirstEpoch, page)));
    }

    [Fact]
    public void Only_the_verifier_of_that_ring_opens_it_and_no_byte_of_it_can_be_changed()
    {
        var device = new RecordingDevice(64 * RingGeometry.BlockSize);
        using TestRing ring = Open(device, FirstKey);
        Announcement announcement = ring.Ring.Announcement!;

        Assert.True(announcement.TryOpen(First, ring.Ring.Buffer, out SecretKey? root));
        root.Dispose();
        Assert.False(announcement.TryOpen(Second, ring.Ring.Buffer, out _));
        Assert.False(announcement.TryOpen(First, ring.Ring.Buffer + 1, out _));
        Assert.False((announcement with { FirstEpoch = 2 }).TryOpen(First, ring.Ring.Buffer, out _));
        Assert.False((announcement with { KeyId = 2 }).TryOpen(First, ring.Ring.Buffer, out _));
        Assert.False((announcement with { WrappedRoot = announcement.WrappedRoot.SetItem(9, (byte)(announcement.WrappedRoot[9] ^ 1)) }).TryOpen(First, ring.Ring.Buffer, out _));
        Assert.False((announcement with { WrappedRoot = [] }).TryOpen(First, ring.Ring.Buffer, out _));
    }

    [Fact]
    public void An_announcement_is_the_same_at_each_opening()
    {
        var device = new RecordingDevice(64 * RingGeometry.BlockSize);
        Announcement first;
        using (TestRing ring = Open(device, FirstKey))
        {
            first = ring.Ring.Announcement!;
            Assert.Equal(ring.Ring.KeyId, first.KeyId);
        }

        using TestRing next = Open(device, FirstKey);
        Assert.Equal(first.ToBytes(), next.Ring.Announcement!.ToBytes());
    }

    [Fact]
    public void Another_verifier_gets_another_chain_and_so_does_whoever_asks_for_one()
    {
        var device = new RecordingDevice(64 * RingGeometry.BlockSize);
        using TestRing none = Open(device, null);
        Assert.Null(none.Ring.Announcement);
        using TestRing first = Open(device, FirstKey);
        using TestRing same = Open(device, FirstKey);
        using TestRing gone = Open(device, null);
        using TestRing second = Open(device, SecondKey);
        using TestRing asked = Open(device, SecondKey, startsNew: true);

        Assert.Equal(first.Ring.KeyId, same.Ring.KeyId);
        Assert.Equal(first.Ring.KeyId, gone.Ring.KeyId);
        Assert.Equal(4, new[] { none.Ring.KeyId, first.Ring.KeyId, second.Ring.KeyId, asked.Ring.KeyId }.Distinct().Count());
        Assert.Equal((5L, SecondKey.Thumbprint), (second.Ring.Announcement!.FirstEpoch, second.Ring.Announcement.Thumbprint));
        Assert.True(asked.Ring.Announcement!.TryOpen(Second, asked.Ring.Buffer, out SecretKey? root));
        root.Dispose();
    }

    [Fact]
    public void A_power_cut_at_any_write_of_the_first_opening_for_a_new_verifier_leaves_no_page_whose_chain_nobody_can_announce()
    {
        var device = new RecordingDevice(64 * RingGeometry.BlockSize);
        UInt128 old;
        using (TestRing ring = Open(device, FirstKey))
        {
            ring.Append("still open");
            Assert.True(ring.Commit());
            old = ring.Ring.KeyId;
        }

        byte[] before = device.Image();
        device.Log.Clear();
        Open(device, SecondKey).Dispose();
        for (int cut = 0; cut <= device.Log.Count; cut++)
        {
            byte[] image = [.. before];
            foreach (DeviceCall call in device.Log[..cut].Where(call => !call.IsFlush))
            {
                call.Bytes.CopyTo(image.AsSpan((int)call.Offset));
            }

            using TestRing ring = Open(RecordingDevice.Of(image), SecondKey);
            List<SealedPage> pages = ring.Drain();
            Assert.Equal("still open", Assert.Single(pages.DataRecords()).Text);
            Assert.All(pages, page => Assert.Contains(page.Fields.KeyId, (UInt128[])[old, ring.Ring.Announcement!.KeyId]));
            Assert.True(ring.Ring.Announcement!.TryOpen(Second, ring.Ring.Buffer, out SecretKey? root));
            root.Dispose();
        }
    }

    [Fact]
    public void Whatever_bytes_there_are_they_are_an_announcement_or_not_and_nothing_is_thrown() =>
        Gen.Byte.Array[0, 600].Sample(bytes => !Announcement.TryRead(bytes, out Announcement? read) || read.ToBytes().AsSpan().SequenceEqual(bytes));

    private static ImmutableArray<byte> SealOf(SecretKey root, long firstEpoch, SealedPage page)
    {
        SecretKey of = SecretKey.Create(root.CopyTo);
        for (; firstEpoch < page.Fields.Epoch.Number; firstEpoch++)
        {
            of = MacChain.NextRoot(of);
        }

        using MacChain chain = MacChain.Of(of, page.Fields.Buffer, page.Fields.Epoch);
        while (chain.Step < page.Number - page.Fields.Epoch.FirstPage)
        {
            chain.Skip();
        }

        return chain.Seal(page.Fields, page.PreviousMac.AsSpan(), page.Body.Span);
    }

    private static VerifierKey KeyOf(RSA key)
    {
        using X509Certificate2 certificate = TestKeys.NewCertificate(key);
        Assert.True(VerifierKey.TryCreate(certificate, out VerifierKey? verifier, out string? reason), reason);
        return verifier;
    }

    private static TestRing Open(IBlockDevice device, VerifierKey? verifier, bool startsNew = false)
    {
        var file = new RingFile(TestRing.Options, [TestRing.Wrapper], new FakeTimeProvider(TestRing.Noon.Wall)) { Verifier = verifier, StartsKeyPeriod = startsNew };
#pragma warning disable VSTHRD002 // A file key answers at once.
        RingOpening.Opened opened = Assert.IsType<RingOpening.Opened>(
            file.OpenAsync(device, snapshotBlocks: 5, TestContext.Current.CancellationToken).GetAwaiter().GetResult());
#pragma warning restore VSTHRD002
        Assert.Null(opened.Fault);
        return new TestRing { Ring = opened.Ring, Device = device, Origin = opened.Origin, Report = opened.Report, Fault = opened.Fault };
    }
}
