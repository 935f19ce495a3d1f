using CsCheck;
using Sallyport.SealedRing.Devices;
using Sallyport.SealedRing.Format;
using Sallyport.SealedRing.Inspection;
using Sallyport.SealedRing.Keys;

namespace Sallyport.SealedRing.Tests;

/// <summary>What a ring says in clear, and what its key proves; without a write.</summary>
public sealed class InspectionTests
{
    private static readonly byte[] Image = NewImage();

    [Fact]
    public void What_is_found_is_what_was_written()
    {
        RingFindings findings = Found(Image);

        Assert.Equal((64, 5), (findings.Geometry.Blocks, findings.Geometry.SnapshotBlocks));
        Assert.Equal(new PageSpan(6, 1, 6, 0, 5, 6), findings.Pages);
        Assert.Equal([new EpochFindings(1, 3, 1, 3), new EpochFindings(2, 3, 4, 6)], findings.Epochs);
        Assert.Equal((RingGeometry.StateSlots, 0, 0L), (findings.States.Length, findings.Snapshots, findings.Lost));
        Assert.True(findings is { IsWiping: false, Flaws.IsEmpty: true, Contradictions.IsEmpty: true, Holes.IsEmpty: true });
        Assert.Equal([KeySlotKind.File], findings.Slots);
    }

    [Fact]
    public async Task With_the_key_everything_is_proven_and_nothing_is_written()
    {
        RecordingDevice device = RecordingDevice.Of(Image);
        RingProof proof = await ProveAsync(device);

        Assert.Equal((6, 0, 4, 5, 0), (proof.Pages, proof.Snapshots, proof.States, proof.Links, proof.BrokenLinks));
        Assert.True(proof is { WasClean: true, Flaws.IsEmpty: true });
        Assert.Empty(device.Log);
    }

    [Fact]
    public async Task Every_byte_of_a_page_and_of_a_state_is_under_the_key()
    {
        foreach ((long block, PageHeader header) in Headers().Where(found => found.Header.Page is 2 || found.Header.Kind == PageKind.State).ToArray())
        {
            for (int at = 0; at < PageHeader.Size + header.Length + PageCipher.TagSize; at++)
            {
                byte[] image = [.. Image];
                image[(block * RingGeometry.BlockSize) + at] ^= 0x10;
                RingProof proof = await ProveAsync(RecordingDevice.Of(image));

                // Without the eight bytes that begin a page it is none: then it is missing.
                Assert.True(proof.Flaws.Values.Sum() == 1 || (at < 8 && proof.Pages + proof.States == 9), $"block {block}, byte {at}");
            }
        }
    }

    [Fact]
    public async Task A_page_that_stands_in_another_place_is_named()
    {
        (long block, PageHeader _) = Headers().First(found => found.Header.Page is 2);
        byte[] image = [.. Image];
        image.AsSpan((int)block * RingGeometry.BlockSize, RingGeometry.BlockSize).CopyTo(image.AsSpan(60 * RingGeometry.BlockSize));
        Assert.Equal(1, Found(image).Flaws[PageFlaw.Misplaced]);
        Assert.Equal(1, (await ProveAsync(RecordingDevice.Of(image))).Flaws[PageFlaw.Misplaced]);
    }

    [Fact]
    public void A_page_that_is_missing_leaves_a_hole()
    {
        (long block, PageHeader _) = Headers().First(found => found.Header.Page is 2);
        byte[] image = [.. Image];
        image.AsSpan((int)block * RingGeometry.BlockSize, RingGeometry.BlockSize).Clear();
        Assert.Equal([new SeqHole(1, 1)], Found(image).Holes);
    }

    [Fact]
    public async Task A_static_block_that_somebody_wrote_without_the_key_is_seen()
    {
        byte[] image = [.. Image];
        Assert.True(StaticBlock.TryRead(image, out StaticBlock? block));
        using var noKey = SecretKey.Create(bytes => bytes.Fill(9));
        block = block with { Slots = [block.Slots[0], block.Slots[0]] };
        block.Write(noKey, image);
        block.Write(noKey, image.AsSpan(RingGeometry.BlockSize));
        Assert.IsType<RingVerification.StaticForged>(await VerifyAsync(RecordingDevice.Of(image)));
    }

    [Fact]
    public async Task Whatever_a_device_holds_there_is_an_answer() =>
        await Gen.Select(Gen.Int[0, Image.Length - 1].Array[1, 40], Gen.Byte, Gen.Int[0, 64]).SampleAsync(
            async change =>
            {
                (int[] places, byte flip, int cut) = change;
                byte[] image = Image[..^(cut * 4096 * (flip % 2))];
                foreach (int place in places.Where(place => place < image.Length))
                {
                    image[place] ^= flip;
                }

                Assert.NotNull(RingInspector.Inspect(RecordingDevice.Of(image)));
                Assert.NotNull(await VerifyAsync(RecordingDevice.Of(image)));
            },
            iter: 300);

    [Fact]
    public void A_disk_that_gives_nothing_is_told()
    {
        RecordingDevice device = RecordingDevice.Of(Image);
        (device.FailAt, device.FailTimes) = (0, 1000);
        Assert.Equal(new DeviceFault("pread", 5), Assert.IsType<RingInspection.Unreadable>(RingInspector.Inspect(device)).Fault);

        (device.FailAt, device.FailTimes) = (device.Calls + 2, 1000);
        RingFindings findings = Assert.IsType<RingInspection.Found>(RingInspector.Inspect(device)).Findings;
        Assert.Equal(62, findings.Flaws[PageFlaw.Unreadable]);
    }

    private static RingFindings Found(byte[] image) => Assert.IsType<RingInspection.Found>(RingInspector.Inspect(RecordingDevice.Of(image))).Findings;

    private static Task<RingVerification> VerifyAsync(IBlockDevice device) =>
        new RingVerifier([TestRing.Wrapper]).VerifyAsync(device, TestContext.Current.CancellationToken);

    private static async Task<RingProof> ProveAsync(IBlockDevice device) => Assert.IsType<RingVerification.Opened>(await VerifyAsync(device)).Proof;

    private static IReadOnlyList<(long Block, PageHeader Header)> Headers()
    {
        RingFindings findings = Found(Image);
        return HeaderScan.Of(RecordingDevice.Of(Image), findings.Buffer, findings.Geometry).Headers;
    }

    // Three pages of each of two runs that ended in order.
    private static byte[] NewImage()
    {
        var device = new RecordingDevice(64 * RingGeometry.BlockSize);
        for (int run = 0; run < 2; run++)
        {
            using var ring = TestRing.Open(device);
            for (int page = 0; page < 3; page++)
            {
                ring.Append($"record {page} of run {run}");
                ring.Ring.Seal(TestRing.Noon);
            }

            Assert.True(ring.End());
        }

        return device.Image();
    }
}
