using CsCheck;
using Sallyport.SealedRing.Devices;
using Sallyport.SealedRing.Format;
using Sallyport.SealedRing.Keys;
using Sallyport.TestKit;

namespace Sallyport.SealedRing.Tests;

/// <summary>Recovery is total: whatever lies on the device, a ring runs afterwards.</summary>
public sealed class AnyImageTests
{
    private const int Size = RingGeometry.BlockSize;

    [Fact]
    public void Zeros_random_bytes_and_ones_lead_to_a_new_ring()
    {
        Gen.Int[0, 2].Select(Gen.Int).Sample((kind, seed) =>
        {
            byte[] image = new byte[64 * Size];
            if (kind == 1)
            {
                new Dice(seed).Fill(image);
            }
            else if (kind == 2)
            {
                image.AsSpan().Fill(0xFF);
            }

            using TestRing ring = TestRing.Open(RecordingDevice.Of(image));
            Assert.Equal(kind == 0 ? RingOrigin.Created : RingOrigin.KeyLost, ring.Origin);
            ring.Append("a");
            Assert.True(ring.Commit());
            return ring.Drain().Count == 1;
        }, iter: 50);
    }

    [Fact]
    public void A_file_that_was_cut_short_opens_and_tells_what_is_gone()
    {
        byte[] image = Filled();
        for (int blocks = 64; blocks > 2; blocks--)
        {
            using TestRing ring = TestRing.Open(new CutDevice(image, blocks * Size));
            List<SealedPage> pages = ring.Drain();
            HashSet<long> read = [.. pages.DataRecords().Select(record => record.Seq)];
            Assert.True(Enumerable.Range(0, 20).All(seq => read.Contains(seq) || pages.Gaps().Cover(seq)), $"{blocks} blocks");
        }
    }

    [Fact]
    public void A_slot_of_another_key_is_a_lost_key_and_a_new_ring_takes_the_place()
    {
        RecordingDevice device = RecordingDevice.Of(Filled());
        var other = new FileKeyWrapper(SecretKey.Copy(new byte[32]), TestRing.Options.FillRandom);
        RingOpening.Opened opened = Assert.IsType<RingOpening.Opened>(TestRing.TryOpen(device, wrapper: other));
        Assert.Equal(RingOrigin.KeyLost, opened.Origin);
    }

    [Fact]
    public void A_key_that_is_only_out_of_reach_changes_nothing_on_the_device()
    {
        byte[] image = Filled();
        RecordingDevice device = RecordingDevice.Of(image);
        RingOpening.KeyUnavailable unavailable = Assert.IsType<RingOpening.KeyUnavailable>(TestRing.TryOpen(device, wrapper: new SilentWrapper()));
        Assert.Equal("the daemon does not answer", unavailable.Reason);
        Assert.Equal(image, device.Image());

        using TestRing ring = TestRing.Open(device);
        Assert.Equal(20, ring.Drain().DataRecords().Count());
    }

    [Fact]
    public void A_device_that_is_too_small_is_refused()
    {
        RingOpening opening = TestRing.TryOpen(RecordingDevice.Of(new byte[32 * Size]));
        Assert.IsType<RingOpening.Failed>(opening);
    }

    private static byte[] Filled()
    {
        RecordingDevice device = RecordingDevice.Of(new byte[64 * Size]);
        using TestRing ring = TestRing.Open(device, TestRing.Options with { Compression = 0 });
        for (int at = 0; at < 20; at++)
        {
            ring.Append(new string((char)('a' + at), 3000));
        }

        Assert.True(ring.End());
        return device.Image();
    }

    private sealed class SilentWrapper : IKeyWrapper
    {
        public KeySlotKind Kind => KeySlotKind.File;

        public bool Holds(KeySlot slot) => slot.Kind == Kind;

        public Task<KeyWrapping> WrapAsync(SecretKey key, UInt128 buffer, CancellationToken cancellationToken) =>
            Task.FromResult<KeyWrapping>(new KeyWrapping.Unavailable("the daemon does not answer"));

        public Task<KeyUnwrapping> UnwrapAsync(KeySlot slot, UInt128 buffer, CancellationToken cancellationToken) =>
            Task.FromResult<KeyUnwrapping>(new KeyUnwrapping.Unavailable("the daemon does not answer"));
    }

    // A file of which only the beginning is left: reads behind the end fail, writes make it longer again.
    private sealed class CutDevice(byte[] image, int length) : IBlockDevice
    {
        private readonly byte[] _image = [.. image.AsSpan(0, length), .. new byte[image.Length - length]];
        private long _length = length;

        public long Length => length;

        public bool TryRead(long offset, Span<byte> destination, out DeviceFault fault)
        {
            fault = offset + destination.Length > _length ? new DeviceFault("pread", 0) : default;
            return fault == default && _image.AsSpan((int)offset, destination.Length).TryCopyTo(destination);
        }

        public bool TryWrite(long offset, ReadOnlySpan<byte> source, out DeviceFault fault)
        {
            fault = default;
            _length = Math.Max(_length, offset + source.Length);
            return source.TryCopyTo(_image.AsSpan((int)offset));
        }

        public bool TryFlush(out DeviceFault fault)
        {
            fault = default;
            return true;
        }

        public void Dispose()
        {
        }
    }
}
