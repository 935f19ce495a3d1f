using System.Security.Cryptography;
using Sallyport.SealedRing;
using Sallyport.SealedRing.Devices;

namespace Sallyport.Benchmarks.Ring;

/// <summary>How long a full ring of 2 MiB takes to open: read, decrypt and prove every page, decide, and make the new epoch durable.</summary>
internal static class RecoveryTime
{
    private const int Openings = 51;

    // The module is compiled ahead of time; this process needs some openings until its code is as good.
    private const int Warming = 150;

    public static async Task RunAsync(string folder, Report report)
    {
        string path = Path.Combine(folder, "recovery.ring");
        using (SealedRingQueue queue = await SealedRingQueue.OpenAsync(path, isDurable: false))
        {
            byte[] record = new byte[1024];
            for (int at = 0; at < 2 * BoundedQueue.Capacity / record.Length; at++)
            {
                RandomNumberGenerator.Fill(record);
                queue.Append(record);
                queue.Commit();
            }
        }

        var times = new List<double>();
        int pages = 0;
        for (int opening = -Warming; opening < Openings; opening++)
        {
            using IBlockDevice device = SealedRingQueue.Opened(FileDevice.Open(path));
            long start = TimeProvider.System.GetTimestamp();
            RingOpening result = await SealedRingQueue.FileOf().OpenAsync(device, 5, CancellationToken.None);
            TimeSpan took = TimeProvider.System.GetElapsedTime(start);
            if (opening >= 0)
            {
                times.Add(took.TotalMilliseconds);
            }

            RingOpening.Opened opened = (RingOpening.Opened)result;
            pages = opened.Report.Pages;
            opened.Ring.Dispose();
        }

        report.Add("recovery2MiBMs", AlternatingRounds.Median(times), $"opening a full ring of 2 MiB ({pages} pages), ms, the key at hand, flushes included", "<= 5");
    }
}
