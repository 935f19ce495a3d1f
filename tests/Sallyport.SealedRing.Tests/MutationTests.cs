using Sallyport.SealedRing.Devices;
using Sallyport.SealedRing.Keys;
using Sallyport.TestKit;
using Xunit.Sdk;

namespace Sallyport.SealedRing.Tests;

/// <summary>The tests have teeth: without one of the decisions that the ring's safety rests on, one of them fails.</summary>
public sealed class MutationTests
{
    [Fact]
    public void Without_the_rotation_of_tail_slots_a_power_cut_takes_committed_records()
    {
        Assert.Contains(
            Enumerable.Range(0, 20), seed => Fails(() => PowerCutTests.Cut(new Dice(seed), TestRing.Options, new RingDesign { NextTailSlot = _ => 0 })));
    }

    [Fact]
    public void Without_the_salt_of_the_epoch_an_old_copy_brings_a_key_and_its_nonces_back()
    {
        RingOptions options = TestRing.Options with { FillRandom = bytes => bytes.Fill(5) };
        Assert.True(Fails(() => RollbackTests.Roll(
            new Dice(1), options, new RingDesign { SaltOf = _ => 0 }, new NonceSpy(header => (UInt128)header.EpochNumber))));
    }

    [Fact]
    public void Without_the_place_in_what_is_authenticated_a_page_can_be_moved() =>
        Assert.True(Fails(() => SwapTests.MoveWithChangedPlace(new RingDesign { Associate = LeaveThePlaceOut })));

    [Fact]
    public void Without_the_check_of_the_flush_a_failed_one_takes_committed_records() =>
        Assert.True(Fails(() => DiskFaultTests.LoseAFlush(device => new TrustingDevice(device))));

    private static bool Fails(Action test)
    {
        try
        {
            test();
            return false;
        }
        catch (XunitException)
        {
            return true;
        }
    }

    // The checksum covers the place too, and the place stands at 112.
    private static void LeaveThePlaceOut(ReadOnlySpan<byte> header, Span<byte> associated)
    {
        header.CopyTo(associated);
        associated.Slice(92, 4).Clear();
        associated.Slice(112, 8).Clear();
    }

    private sealed class TrustingDevice(IBlockDevice device) : IBlockDevice
    {
        public long Length => device.Length;

        public bool TryRead(long offset, Span<byte> destination, out DeviceFault fault) => device.TryRead(offset, destination, out fault);

        public bool TryWrite(long offset, ReadOnlySpan<byte> source, out DeviceFault fault) => device.TryWrite(offset, source, out fault);

        public bool TryFlush(out DeviceFault fault)
        {
            _ = device.TryFlush(out fault);
            fault = default;
            return true;
        }

        public void Dispose() => device.Dispose();
    }
}
