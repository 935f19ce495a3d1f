using System.Security.Cryptography;
using Sallyport.SealedRing;
using Sallyport.SealedRing.Devices;
using Sallyport.SecureBuffer.Ring;
using Sallyport.Telemetry;

namespace Sallyport.Benchmarks.Ring;

/// <summary>Many producers, one flush: the lane of SecureBuffer with write-through.</summary>
internal static class GroupCommit
{
    private const int RoundCount = 5;
    private static readonly TimeSpan RoundLength = TimeSpan.FromMilliseconds(500);

    public static async Task RunAsync(string folder, Report report)
    {
        foreach (int producers in (int[])[1, 4, 16, 64])
        {
            IBlockDevice device = SealedRingQueue.Opened(FileDevice.Create(Path.Combine(folder, $"group-{producers}.ring"), BoundedQueue.Capacity));
            var opened = (RingOpening.Opened)await SealedRingQueue.FileOf().OpenAsync(device, 5, CancellationToken.None);
            using var lane = new Lane("bulk", "benchmark");
            lane.Open(opened.Ring, device, StorageState.Disk);
            var rates = new List<double>();
            for (int round = 0; round <= RoundCount; round++)
            {
                rates.Add(await RateAsync(lane, producers));
            }

            report.Add($"groupCommit{producers}PerSecond", AlternatingRounds.Median(rates.Skip(1)), $"durable records a second, {producers} producers");
        }
    }

    private static async Task<double> RateAsync(Lane lane, int producers)
    {
        using var end = new CancellationTokenSource();
        Task committer = Task.Factory.StartNew(() => CommitUntil(lane, end.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        long start = TimeProvider.System.GetTimestamp();
        long[] counts = await Task.WhenAll(Enumerable.Range(0, producers).Select(_ => Task.Run(() => ProduceAsync(lane, start))));
        double seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        await end.CancelAsync();
        await committer;
        return counts.Sum() / seconds;
    }

    private static async Task<long> ProduceAsync(Lane lane, long start)
    {
        var record = new RingRecord(MessageType.Telemetry, RandomNumberGenerator.GetBytes(256), Quality: null);
        long count = 0;
        while (TimeProvider.System.GetElapsedTime(start) < RoundLength)
        {
            await lane.WaitUntilDurableAsync(lane.Append(record, default), CancellationToken.None);
            count++;
        }

        return count;
    }

    private static void CommitUntil(Lane lane, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            if (lane.UntilCommit(TimeSpan.Zero, default) == TimeSpan.Zero)
            {
                lane.Commit(isEnd: false, default);
            }
            else
            {
                Thread.Yield();
            }
        }
    }
}
