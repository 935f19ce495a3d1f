using System.Security.Cryptography;

namespace Sallyport.Benchmarks.Ring;

/// <summary>Bytes and flushes that a small commit costs the disk: what wears flash out.</summary>
internal static class Wear
{
    private const int RecordSize = 256;
    private const int Commits = 300;
    private const int PacedCommits = 10;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(6);

    public static async Task RunAsync(string folder, Report report)
    {
        await using LoopDisk? disk = await LoopDisk.TryMountAsync(folder);
        if (disk is null)
        {
            report.Begin("  left out: mounting a loop device needs root and mkfs.ext4");
            return;
        }

        (double bytes, double median, double flushes) = await TightAsync(disk, path => SealedRingQueue.OpenAsync(path, isDurable: true).ContinueWith<BoundedQueue>(ring => ring.Result, TaskScheduler.Default), "ring");
        report.Add("bytesPerSmallCommit", bytes, "bytes that a commit of one record of 256 B writes, mean", "<= 4608");
        report.Add("bytesPerSmallCommitMedian", median, "  median", "4096");
        report.Add("flushesPerSmallCommit", flushes, "  flushes", "1");
        (double sqlite, _, double sqliteFlushes) = await TightAsync(disk, path => Task.FromResult<BoundedQueue>(new SqliteQueue(path, isDurable: true, RecordSize)), "sqlite");
        report.Add("bytesPerSmallCommitSqliteFull", sqlite, $"  SQLite ({sqliteFlushes:F1} flushes)");
        (double rocks, _, double rocksFlushes) = await TightAsync(disk, path => Task.FromResult<BoundedQueue>(new RocksDbQueue(path, isDurable: true, RecordSize)), "rocks");
        report.Add("bytesPerSmallCommitRocksDbSync", rocks, $"  RocksDB ({rocksFlushes:F1} flushes)");
        await PacedAsync(disk, report);
    }

    private static async Task<(double Mean, double Median, double Flushes)> TightAsync(LoopDisk disk, Func<string, Task<BoundedQueue>> openAsync, string name)
    {
        using BoundedQueue queue = await openAsync(Path.Combine(disk.Folder, $"tight-{name}"));
        byte[] record = RandomNumberGenerator.GetBytes(RecordSize);
        Commit(queue, record);
        await Commands.TryRunAsync("sync");
        (long Bytes, long Flushes) start = disk.Counters();
        var each = new List<double>();
        (long Bytes, long Flushes) last = start;
        for (int commit = 0; commit < Commits; commit++)
        {
            Commit(queue, record);
            (long Bytes, long Flushes) now = disk.Counters();
            each.Add(now.Bytes - last.Bytes);
            last = now;
        }

        return ((last.Bytes - start.Bytes) / (double)Commits, AlternatingRounds.Median(each), (last.Flushes - start.Flushes) / (double)Commits);
    }

    // At this pace the journal's timer writes the changed time of the file too: the figure of a gateway whose uplink is cut.
    private static async Task PacedAsync(LoopDisk disk, Report report)
    {
        var figures = new List<(string Name, double Bytes)>();
        foreach (string name in (string[])["ring", "sqlite", "rocks"])
        {
            string path = Path.Combine(disk.Folder, $"paced-{name}");
            using BoundedQueue queue = name switch
            {
                "ring" => await SealedRingQueue.OpenAsync(path, isDurable: true),
                "sqlite" => new SqliteQueue(path, isDurable: true, RecordSize),
                _ => new RocksDbQueue(path, isDurable: true, RecordSize),
            };
            byte[] record = RandomNumberGenerator.GetBytes(RecordSize);
            Commit(queue, record);
            await Task.Delay(Pace, TimeProvider.System);
            (long bytes, _) = disk.Counters();
            for (int commit = 0; commit < PacedCommits; commit++)
            {
                Commit(queue, record);
                await Task.Delay(Pace, TimeProvider.System);
            }

            figures.Add((name, (disk.Counters().Bytes - bytes) / (double)PacedCommits));
        }

        report.Add("bytesPerPacedCommit", figures[0].Bytes, "bytes of a commit each 6 s, the journal's included: ring", "< all");
        report.Add("bytesPerPacedCommitSqliteFull", figures[1].Bytes, "  SQLite");
        report.Add("bytesPerPacedCommitRocksDbSync", figures[2].Bytes, "  RocksDB");
    }

    private static void Commit(BoundedQueue queue, byte[] record)
    {
        queue.Append(record);
        queue.Commit();
    }
}
