using System.Globalization;
using System.Security.Cryptography;

namespace Sallyport.Benchmarks.Ring;

/// <summary>Records a second, store against store in alternating rounds. The records are random bytes: nothing compresses them.</summary>
internal static class AppendRates
{
    private const int RoundCount = 5;
    private static readonly TimeSpan RoundLength = TimeSpan.FromMilliseconds(400);

    public static async Task RunAsync(string folder, Report report)
    {
        foreach (bool isDurable in (bool[])[true, false])
        {
            foreach (int size in (int[])[256, 1024])
            {
                foreach (int batch in (int[])[1, 10, 100])
                {
                    await MeasureAsync(folder, report, isDurable, size, batch);
                }
            }
        }
    }

    private static async Task MeasureAsync(string folder, Report report, bool isDurable, int size, int batch)
    {
        string place = Directory.CreateDirectory(Path.Combine(folder, $"append-{isDurable}-{size}-{batch}")).FullName;
        using SealedRingQueue ring = await SealedRingQueue.OpenAsync(Path.Combine(place, "bulk.ring"), isDurable);
        using var sqlite = new SqliteQueue(Path.Combine(place, "queue.sqlite"), isDurable, size);
        using var rocks = new RocksDbQueue(Path.Combine(place, "rocks"), isDurable, size);
        byte[][] records = [.. Enumerable.Range(0, batch).Select(_ => RandomNumberGenerator.GetBytes(size))];
        var rates = new List<(double Ring, double Sqlite, double Rocks)>();
        for (int round = 0; round <= RoundCount; round++)
        {
            (double Ring, double Sqlite, double Rocks) rate = (Rate(ring, records), Rate(sqlite, records), Rate(rocks, records));
            if (round > 0)
            {
                rates.Add(rate);
            }
        }

        double versusSqlite = AlternatingRounds.Median(rates.Select(rate => rate.Ring / rate.Sqlite));
        double versusRocks = AlternatingRounds.Median(rates.Select(rate => rate.Ring / rate.Rocks));
        string name = $"{(isDurable ? "durable" : "unflushed")}Batch{batch}{(size == 256 ? "" : "Of1KiB")}";
        (string sqliteMode, string rocksMode) = isDurable ? ("Full", "Sync") : ("Normal", "NoSync");
        bool isHeld = isDurable && batch == 100 && size == 256;
        string rateOf = string.Create(
            CultureInfo.InvariantCulture,
            $"{(isDurable ? "durable" : "unflushed")}, {batch} x {size} B: ring {AlternatingRounds.Median(rates.Select(rate => rate.Ring)):F0}/s, SQLite {AlternatingRounds.Median(rates.Select(rate => rate.Sqlite)):F0}/s, RocksDB {AlternatingRounds.Median(rates.Select(rate => rate.Rocks)):F0}/s; ratio to ");
        report.Add($"{name}VsSqlite{sqliteMode}", versusSqlite, rateOf + "SQLite", isHeld ? ">= 2" : "");
        report.Add($"{name}VsRocksDb{rocksMode}", versusRocks, "  and to RocksDB", isHeld ? ">= 1.5" : "");
    }

    private static double Rate(BoundedQueue queue, byte[][] records)
    {
        long start = TimeProvider.System.GetTimestamp();
        long appended = 0;
        TimeSpan elapsed;
        do
        {
            foreach (byte[] record in records)
            {
                queue.Append(record);
            }

            queue.Commit();
            appended += records.Length;
            elapsed = TimeProvider.System.GetElapsedTime(start);
        }
        while (elapsed < RoundLength);
        return appended / elapsed.TotalSeconds;
    }
}
