using System.Security.Cryptography;
using Sallyport.SealedRing;
using Sallyport.SealedRing.Devices;
using Sallyport.SecureBuffer.Configuration;
using Sallyport.SecureBuffer.Storage;
using Sallyport.Telemetry;

namespace Sallyport.Benchmarks.Ring;

/// <summary>How many bytes of frames a MiB of ring holds, compressed and not: frames of 20 float32 that drift, one a second.</summary>
internal static class Capacity
{
    private const int Points = 20;
    private const int MiB = 1024 * 1024;

    public static async Task RunAsync(string folder, Report report)
    {
        double plain = await FillAsync(compression: 0);
        double compressed = await FillAsync(compression: 4);
        report.Add("frameBytesPerMiBPlain", plain, "bytes of frames of 20 points in a MiB of ring, not compressed");
        report.Add("frameBytesPerMiBCompressed", compressed, "  compressed, as SecureBuffer does");
        report.Add("capacityGain", compressed / plain, "  times as many");
        report.Add("hoursPerMiBAt100BytesPerSecondPlain", plain / 100 / 3600, "hours in a MiB at 100 bytes a second, not compressed");
        report.Add("hoursPerMiBAt100BytesPerSecond", compressed / 100 / 3600, "  compressed");
    }

    private static async Task<double> FillAsync(int compression)
    {
        RingOptions options = LaneRing.OptionsFor(MessageType.Telemetry, BufferPlan.Default) with { Compression = compression };
        var device = new MemoryDevice(BoundedQueue.Capacity);
        RingOpening opening = await SealedRingQueue.FileOf(options).OpenAsync(device, LaneRing.SnapshotBlocksFor(BufferPlan.Default), CancellationToken.None);
        using PageRing ring = ((RingOpening.Opened)opening).Ring;
        double[] values = new double[Points];
        for (long seq = 0; ring.Lost(LossReason.Evicted) == 0; seq++)
        {
            byte[] frame = Frame(seq, values);
            ring.TryAppend(frame, BatchNumbers.ContentOf(MessageType.Telemetry), mark: 1, default, out _);
            if (ring.Prepare() is { } work)
            {
                ring.Complete(work, work.TryRun(device, out _));
            }
        }

        return ring.BodyBytes * (double)MiB / BoundedQueue.Capacity;
    }

    private static byte[] Frame(long seq, double[] values)
    {
        for (int point = 0; point < values.Length; point++)
        {
            values[point] = MathF.Round((float)values[point] + (RandomNumberGenerator.GetInt32(-100, 101) / 100f), 2);
        }

        var frame = new Frame(
            "chiller-1",
            "modbus-tcp",
            "fast",
            FrameKind.Key,
            "01JD3S0A1B2C3D4E5F6G7H8J9K",
            seq,
            DateTimeOffset.UnixEpoch.AddSeconds(1_764_000_000 + seq).AddTicks(RandomNumberGenerator.GetInt32(1_000_000)),
            [.. values.Select((value, point) => Point.Good($"supply_temp_{point}", PointValue.FromSingle((float)value)))]);
        return TelemetryMessage.Of(frame, "9f86d081884c7d65").Body.ToArray();
    }
}
