using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sallyport.SealedRing.Devices;
using Sallyport.SealedRing.Format;

namespace Sallyport.SealedRing.Tests;

/// <summary>What a week without uplink writes to the disk: 97 bytes a second, a commit each 10 s, the ring full from the first day on.</summary>
public sealed class WearTests
{
    private const int BytesPerCommit = 970;
    private const int Days = 7;
    private const int CommitsPerDay = 8640;
    private const double Megabyte = 1e6;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    // The rows for pages of 16 KiB and of 4 KiB at this rate and pace: a page that is still open is written again with each commit, compressed.
    [Theory(Timeout = 300_000)]
    [InlineData(false, 98)]
    [InlineData(true, 50)]
    public async Task A_week_without_uplink_stays_within_its_budget_of_bytes_and_flushes(bool isTelemetry, double megabytesPerDay)
    {
        (long bytes, long flushes, long lost) = await Task.Run(() => WriteWeek(isTelemetry), TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{bytes / Megabyte / Days:F1} MB a day, {flushes / (double)(Days * CommitsPerDay):F3} flushes a commit, {lost} records evicted"));
        Assert.InRange(bytes / Megabyte / Days, 8, megabytesPerDay);
        Assert.InRange(flushes, Days * CommitsPerDay, (long)(Days * CommitsPerDay * 1.02));
        Assert.True(lost > 0);
    }

    private static (long Bytes, long Flushes, long Lost) WriteWeek(bool isTelemetry)
    {
        using var device = new CountingDevice(512 * RingGeometry.BlockSize);
        using TestRing ring = TestRing.Open(device);
        (long bytes, long flushes) = (device.Written, device.Flushes);
        byte[] noise = new byte[BytesPerCommit];
        for (int commit = 0; commit < Days * CommitsPerDay; commit++)
        {
            RandomNumberGenerator.Fill(noise);
            Moment now = new(TestRing.Noon.Elapsed + (commit * Pause), TestRing.Noon.Wall + (commit * Pause));
            Assert.True(ring.Ring.TryAppend(isTelemetry ? Telemetry(commit) : noise, TestRing.Data, 0, now, out _));
            Assert.True(ring.Commit());
        }

        return (device.Written - bytes, device.Flushes - flushes, ring.Ring.Lost(LossReason.Evicted));
    }

    // As a reader writes it: names and times repeat, values do not.
    private static byte[] Telemetry(int commit)
    {
        var text = new StringBuilder();
        for (int point = 0; text.Length < BytesPerCommit; point++)
        {
            text.Append(CultureInfo.InvariantCulture, $$"""{"n":"point_{{point}}","v":{{RandomNumberGenerator.GetInt32(100_000)}},"t":{{commit * 10}}},""");
        }

        return Encoding.ASCII.GetBytes(text.ToString(0, BytesPerCommit));
    }

    private sealed class CountingDevice(int length) : IBlockDevice
    {
        private readonly MemoryDevice _memory = new(length);

        public long Written { get; private set; }

        public long Flushes { get; private set; }

        public long Length => _memory.Length;

        public bool TryRead(long offset, Span<byte> destination, out DeviceFault fault) => _memory.TryRead(offset, destination, out fault);

        public bool TryWrite(long offset, ReadOnlySpan<byte> source, out DeviceFault fault)
        {
            Written += source.Length;
            return _memory.TryWrite(offset, source, out fault);
        }

        public bool TryFlush(out DeviceFault fault)
        {
            Flushes++;
            return _memory.TryFlush(out fault);
        }

        public void Dispose() => _memory.Dispose();
    }
}
