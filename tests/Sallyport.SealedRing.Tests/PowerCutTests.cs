using Sallyport.SealedRing.Format;
using Sallyport.SealedRing.Keys;
using Sallyport.TestKit;

namespace Sallyport.SealedRing.Tests;

/// <summary>Between two flushes the disk may have any part of what was written, sector by sector, in any order.</summary>
public sealed class PowerCutTests(ITestOutputHelper output)
{
    private const int Sector = 512;

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void Whatever_part_of_a_commit_reached_the_disk_all_that_was_committed_before_is_readable(int compression)
    {
        int seed = Dice.NewSeed();
        output.WriteLine($"SALLYPORT_SEED={seed}");
        RingOptions options = TestRing.Options with { Compression = compression };
        for (int run = 0; run < 6; run++)
        {
            Cut(new Dice(seed + run), options, new RingDesign());
        }
    }

    [Fact]
    public void Whatever_part_of_an_opening_reached_the_disk_all_that_was_committed_before_is_readable()
    {
        int seed = Dice.NewSeed();
        output.WriteLine($"SALLYPORT_SEED={seed}");
        for (int run = 0; run < 20; run++)
        {
            var dice = new Dice(seed + run);
            var spy = new NonceSpy();
            var model = new RingModel(dice);
            var device = RecordingDevice.Of(new byte[96 * RingGeometry.BlockSize]);
            for (int opening = 0; opening < 3; opening++)
            {
                byte[] durable = device.Image();
                device.Log.Clear();
                using TestRing ring = TestRing.Open(device);
                RingOracle before = model.Now();
                for (int group = 0; device.Log.FindIndex(group, call => call.IsFlush) is var flush and >= 0; group = flush + 1)
                {
                    List<DeviceCall> writes = device.Log[group..flush];
                    for (int trial = 0; trial < 6; trial++)
                    {
                        before.Judge(Torn(durable, writes, dice), TestRing.Options, spy, mayLoseDurable: false);
                    }

                    writes.ForEach(call => call.Bytes.CopyTo(durable.AsSpan((int)call.Offset)));
                }

                model.Work(ring, 8);
                model.Commit(ring);
            }
        }
    }

    internal static void Cut(Dice dice, RingOptions options, RingDesign design)
    {
        var spy = new NonceSpy();
        var model = new RingModel(dice);
        var device = RecordingDevice.Of(new byte[96 * RingGeometry.BlockSize]);
        using TestRing ring = TestRing.Open(device, options, design);
        byte[] durable = device.Image();
        for (int round = 0; round < 25; round++)
        {
            device.Log.Clear();
            RingOracle before = model.Now();
            model.Work(ring, 8);
            RingOracle after = model.Now();
            spy.Look(device.Log);

            // Before the first flush of the round nothing of it counts as committed; what lies between is judged by what was known before.
            int flush = device.Log.FindIndex(call => call.IsFlush);
            List<DeviceCall> since = flush < 0 ? device.Log : device.Log[..flush];
            var knowledge = new RingOracle(before.Durable, after.Confirmed, after.Appended, after.HighestUsed, after.Told);
            var evicted = before.Durable.ToHashSet();
            for (int trial = 0; trial < 6; trial++)
            {
                knowledge.Judge(Torn(durable, since, dice), options, spy, mayLoseDurable: false, Evictable(ring, evicted));
            }

            model.Commit(ring);
            durable = device.Image();
            model.Now().Judge(durable, options, spy, mayLoseDurable: false, Evictable(ring, evicted));
        }
    }

    // In these runs the ring may be full: what it dropped for newer records is told by a gap.
    private static HashSet<long>? Evictable(TestRing ring, HashSet<long> durable) =>
        ring.Ring.Lost(LossReason.Evicted) + ring.Ring.Lost(LossReason.Unconfirmed) > 0 ? durable : null;

    private static byte[] Torn(byte[] durable, List<DeviceCall> writes, Dice dice)
    {
        byte[] image = [.. durable];
        foreach (DeviceCall write in writes.OrderBy(_ => dice.Next(int.MaxValue)))
        {
            int kind = dice.Next(4);
            for (int at = 0; at < write.Bytes.Length; at += Sector)
            {
                if (kind == 0 || (kind == 1 && dice.Next(2) == 0) || (kind == 2 && at < dice.Next(write.Bytes.Length)))
                {
                    write.Bytes.AsSpan(at, Sector).CopyTo(image.AsSpan((int)write.Offset + at));
                }
            }
        }

        return image;
    }
}
