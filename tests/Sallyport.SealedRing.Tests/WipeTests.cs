using System.Text;
using Microsoft.Extensions.Time.Testing;
using Sallyport.SealedRing.Destruction;
using Sallyport.SealedRing.Format;
using Sallyport.SealedRing.Keys;

namespace Sallyport.SealedRing.Tests;

public sealed class WipeTests
{
    private const string Marker = "plaintext-marker";
    private const int Size = 64 * RingGeometry.BlockSize;

    private static readonly FakeTimeProvider Time = new(TestRing.Noon.Wall);

    private readonly TestKeys.Moody _wrapper = new(TestRing.Wrapper);

    [Fact]
    public void A_wiped_ring_is_blank_and_the_report_says_what_went_with_it()
    {
        var device = new RecordingDevice(Size);
        PageRing ring = NewRing(device, out _);
        UInt128 buffer = ring.Buffer;

        WipeReport report = Assert.IsType<WipeOutcome.Wiped>(new RingWipe(device, TestRing.Options.FillRandom, Time).Run(ring)).Report;

        Assert.Equal(new WipeReport(buffer, LastSeq: 1, UnsentRecords: 2, Size, WasResumed: false, TestRing.Noon.Wall), report);
        Assert.False(device.Image().AsSpan().ContainsAnyExcept((byte)0));
        Assert.IsType<WipeOutcome.NothingToWipe>(new RingWipe(device, TestRing.Options.FillRandom, Time).Resume());
        Assert.Equal(RingOrigin.Created, Assert.IsType<RingOpening.Opened>(TestRing.TryOpen(device)).Origin);
    }

    [Fact]
    public void The_keys_go_before_anything_else_and_each_step_is_durable_before_the_next()
    {
        var device = new RecordingDevice(Size);
        PageRing ring = NewRing(device, out byte[] slot);
        device.Log.Clear();
        new RingWipe(device, TestRing.Options.FillRandom, Time).Run(ring);

        // Flag in A and B, random in A and B, zeros in A and B: each with its flush. Then everything else once.
        Assert.Equal(Enumerable.Range(0, 12).Select(at => at % 2 == 1), device.Log[..12].Select(call => call.IsFlush));
        Assert.Equal([0, 4096, 0, 4096, 0, 4096], device.Log[..12].Where(call => !call.IsFlush).Select(call => call.Offset));
        Assert.All(device.Log[..4].Where(call => !call.IsFlush), call => Assert.True(call.Bytes.AsSpan().IndexOf(slot) >= 0));
        Assert.All(device.Log[4..].Where(call => !call.IsFlush), call => Assert.True(call.Bytes.AsSpan().IndexOf(slot) < 0));
        Assert.All(device.Log[12..].Where(call => !call.IsFlush), call => Assert.False(call.Bytes.AsSpan().ContainsAnyExcept((byte)0)));
        Assert.Equal(Size - 8192, device.Log[12..].Where(call => call.Offset >= 8192).Sum(call => (long)call.Bytes.Length));
    }

    [Fact]
    public void A_wipe_that_a_power_cut_interrupts_anywhere_goes_on_at_the_next_opening_or_had_not_begun()
    {
        var device = new RecordingDevice(Size);
        PageRing ring = NewRing(device, out byte[] slot);
        byte[] before = device.Image();
        device.Log.Clear();
        new RingWipe(device, TestRing.Options.FillRandom, Time).Run(ring);
        DeviceCall[] calls = [.. device.Log.Where(call => !call.IsFlush)];
        int begun = 0;

        for (int cut = 0; cut <= calls.Length; cut++)
        {
            foreach (int torn in (int[])[0, 512, 2048, 4095])
            {
                byte[] image = [.. before];
                foreach (DeviceCall call in calls[..cut])
                {
                    call.Bytes.CopyTo(image.AsSpan((int)call.Offset));
                }

                if (cut < calls.Length)
                {
                    calls[cut].Bytes.AsSpan(0, torn).CopyTo(image.AsSpan((int)calls[cut].Offset));
                }

                begun += IsFinishedAfter(image, slot) ? 1 : 0;
            }
        }

        Assert.Equal((calls.Length + 1) * 4, begun + 4);
    }

    [Fact]
    public void A_disk_that_fails_in_the_middle_is_told_and_the_wipe_goes_on_when_it_works_again()
    {
        for (int at = 0; ; at++)
        {
            var device = new RecordingDevice(Size);
            PageRing ring = NewRing(device, out byte[] slot);
            device.FailAt = device.Calls + at;
            device.FailTimes = 2;
            WipeOutcome outcome = new RingWipe(device, TestRing.Options.FillRandom, Time).Run(ring);
            device.FailAt = null;
            if (outcome is WipeOutcome.Wiped)
            {
                Assert.True(at > 20);
                return;
            }

            WipeOutcome.Interrupted interrupted = Assert.IsType<WipeOutcome.Interrupted>(outcome);
            Assert.NotEqual(default, interrupted.Fault);
            if (interrupted.Reached > WipeStep.None)
            {
                Assert.Equal(interrupted.Reached < WipeStep.Blank, IsFinishedAfter(device.Image(), slot));
            }
        }
    }

    [Fact]
    public void Neither_a_record_nor_a_key_is_in_clear_on_the_device_before_a_wipe_and_nothing_of_them_afterwards()
    {
        var random = new List<byte[]>();
        RingOptions options = TestRing.Options with
        {
            Compression = 0,
            FillRandom = bytes =>
            {
                TestRing.Options.FillRandom(bytes);
                random.Add(bytes.ToArray());
            },
        };
        var device = new RecordingDevice(Size);
        PageRing ring = Assert.IsType<RingOpening.Opened>(TestRing.TryOpen(device, options, _wrapper)).Ring;
        Append(ring, device);
        byte[][] secrets = [Encoding.ASCII.GetBytes(Marker), _wrapper.Seen, .. random.Where(bytes => bytes.Length == SecretKey.Size)];
        Assert.True(secrets.Length >= 4);
        Assert.All(secrets, secret => Assert.True(device.Image().AsSpan().IndexOf(secret) < 0));
        Assert.All(device.Log.Where(call => !call.IsFlush), call => Assert.All(secrets, secret => Assert.True(call.Bytes.AsSpan().IndexOf(secret) < 0)));

        new RingWipe(device, options.FillRandom, Time).Run(ring);

        Assert.False(device.Image().AsSpan().ContainsAnyExcept((byte)0));
    }

    [Fact]
    public void A_ring_whose_static_blocks_went_bad_while_it_ran_is_wiped_all_the_same()
    {
        var device = new RecordingDevice(Size);
        PageRing ring = NewRing(device, out _);
        device.TryWrite(0, new byte[2 * RingGeometry.BlockSize], out _);
        Assert.IsType<WipeOutcome.Wiped>(new RingWipe(device, TestRing.Options.FillRandom, Time).Run(ring));
        Assert.False(device.Image().AsSpan().ContainsAnyExcept((byte)0));
    }

    [Fact]
    public void A_ring_that_nobody_has_opened_is_wiped_without_its_key()
    {
        var device = new RecordingDevice(Size);
        PageRing ring = NewRing(device, out byte[] slot);
        UInt128 buffer = ring.Buffer;
        ring.Dispose();
        device.Log.Clear();
        var progress = new List<long>();

        var wipe = new RingWipe(device, TestRing.Options.FillRandom, Time) { Progress = progress.Add };
        WipeReport report = Assert.IsType<WipeOutcome.Wiped>(wipe.RunUnopened()).Report;

        Assert.Equal(new WipeReport(buffer, LastSeq: 1, UnsentRecords: 2, Size, WasResumed: false, TestRing.Noon.Wall), report);
        Assert.False(device.Image().AsSpan().ContainsAnyExcept((byte)0));
        Assert.All(device.Log[4..].Where(call => !call.IsFlush), call => Assert.True(call.Bytes.AsSpan().IndexOf(slot) < 0));
        Assert.Equal(progress.Order(), progress);
        Assert.Equal(Size, progress[^1]);
        Assert.IsType<WipeOutcome.NothingToWipe>(new RingWipe(device, TestRing.Options.FillRandom, Time).RunUnopened());
    }

    [Fact]
    public void What_is_no_ring_any_more_is_wiped_too()
    {
        RecordingDevice device = RecordingDevice.Of([.. Enumerable.Repeat((byte)0xA5, Size)]);
        WipeReport report = Assert.IsType<WipeOutcome.Wiped>(new RingWipe(device, TestRing.Options.FillRandom, Time).RunUnopened()).Report;
        Assert.Equal((0, -1L, 0L), ((int)report.Buffer, report.LastSeq, report.UnsentRecords));
        Assert.False(device.Image().AsSpan().ContainsAnyExcept((byte)0));
    }

    /// <summary>Whether the wipe goes on and ends with a blank device; false if the device is one that nobody has begun to wipe, or is blank already.</summary>
    private bool IsFinishedAfter(byte[] image, byte[] slot)
    {
        RecordingDevice device = RecordingDevice.Of(image);
        RingOpening opening = TestRing.TryOpen(RecordingDevice.Of(image), wrapper: _wrapper);
        if (opening is RingOpening.Opened opened)
        {
            opened.Ring.Dispose();

            // Not begun, and all is there; or over, and nothing is.
            bool isBlank = opened.Origin != RingOrigin.Existing;
            Assert.Equal(!isBlank, image.AsSpan().IndexOf(slot) >= 0);
            Assert.Equal(isBlank ? 0 : 2, opened.Report.AdoptedRecords + opened.Report.Records);
            return isBlank;
        }

        Assert.IsType<RingOpening.Wiping>(opening);
        WipeReport report = Assert.IsType<WipeOutcome.Wiped>(new RingWipe(device, TestRing.Options.FillRandom, Time).Resume()).Report;
        Assert.Equal((1L, 2L, true), (report.LastSeq, report.UnsentRecords, report.WasResumed));
        Assert.False(device.Image().AsSpan().ContainsAnyExcept((byte)0));
        return true;
    }

    private PageRing NewRing(RecordingDevice device, out byte[] slot)
    {
        PageRing ring = Assert.IsType<RingOpening.Opened>(TestRing.TryOpen(device, wrapper: _wrapper)).Ring;
        Append(ring, device);
        slot = [.. StaticArea.Read(device, out _)!.Copies[0].Block.Slots[0].Wrapped];
        return ring;
    }

    private static void Append(PageRing ring, RecordingDevice device)
    {
        ring.TryAppend(Encoding.ASCII.GetBytes(Marker), TestRing.Data, 0, TestRing.Noon, out _);
        ring.Seal(TestRing.Noon);
        ring.TryAppend(Encoding.ASCII.GetBytes(Marker), TestRing.Data, 0, TestRing.Noon, out _);
        CommitWork work = ring.Prepare()!;
        Assert.True(work.TryRun(device, out _));
        ring.Complete(work, isDurable: true);
    }
}
