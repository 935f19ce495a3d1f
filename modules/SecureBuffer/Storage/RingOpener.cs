using Microsoft.Extensions.Logging;
using Sallyport.Hosting;
using Sallyport.SealedRing;
using Sallyport.SealedRing.Devices;
using Sallyport.SealedRing.Format;
using Sallyport.SecureBuffer.Configuration;
using Sallyport.SecureBuffer.Ring;
using Sallyport.Telemetry;

namespace Sallyport.SecureBuffer.Storage;

/// <summary>Opens the rings of both lanes, or makes them. While a key is out of reach nothing is taken from edgeHub, which keeps it; what no disk takes is kept in memory, and said so.</summary>
internal sealed partial class RingOpener(
    Lanes lanes, CurrentPlan<BufferPlan> plans, RingPlace place, MomentClock clock, TimeProvider time, ILogger<RingOpener> logger)
{
    private static readonly TimeSpan KeyPause = TimeSpan.FromSeconds(5);

    /// <summary>Returns when both lanes are open.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await OpenAsync(lanes.Alerts, MessageType.Security, plan => plan.AlertsSizeInBytes, cancellationToken);
        await OpenAsync(lanes.Bulk, MessageType.Telemetry, plan => plan.SizeInBytes, cancellationToken);
        lanes.Open();
    }

    private async Task OpenAsync(Lane lane, MessageType gapType, Func<BufferPlan, int> sizeOf, CancellationToken cancellationToken)
    {
        string path = place.FileOf(lane.Name);

        // A ring that is there has its size; one that is not there yet gets it from the first plan, and keeps it.
        BufferPlan plan = place.Exists(path) && plans.Value is null
            ? BufferPlan.Default
            : (await plans.WaitForNextAsync(known: null, cancellationToken)).Plan;
        (IBlockDevice device, bool isOnDisk) = await OpenDeviceAsync(lane, path, sizeOf(plan), cancellationToken);
        while (true)
        {
            var file = new RingFile(LaneRing.OptionsFor(gapType, plan), place.Wrappers, time);
            switch (await file.OpenAsync(device, LaneRing.SnapshotBlocksFor(plan), cancellationToken))
            {
                case RingOpening.Opened opened:
                    Report(lane, opened);
                    StorageState storage = !isOnDisk ? StorageState.Memory : opened.Fault is null ? StorageState.Disk : StorageState.Degraded;
                    lane.Open(opened.Ring, opened.Device, storage);
                    return;
                case RingOpening.KeyUnavailable unavailable:
                    LogKeyUnavailable(lane.Name, unavailable.Reason, KeyPause.TotalSeconds);
                    await Task.Delay(KeyPause, time, cancellationToken);
                    break;
                case RingOpening.Failed failed:
                    LogNoDisk(lane.Name, failed.Fault.ToString());
                    device.Dispose();
                    (device, isOnDisk) = (new MemoryDevice(sizeOf(plan)), false);
                    break;
                case var other:
                    throw new InvalidOperationException($"The ring of the {lane.Name} lane is not to be opened: {other.GetType().Name}.");
            }
        }
    }

    private async Task<(IBlockDevice Device, bool IsOnDisk)> OpenDeviceAsync(Lane lane, string path, int size, CancellationToken cancellationToken)
    {
        while (true)
        {
            switch (place.Open(path, size))
            {
                case DeviceOpening.Opened opened:
                    return (opened.Device, true);
                case DeviceOpening.InUse:
                    LogInUse(lane.Name, path, KeyPause.TotalSeconds);
                    await Task.Delay(KeyPause, time, cancellationToken);
                    break;
                case DeviceOpening.Failed { Fault.ErrorNumber: DeviceFault.NoSpace } when size / 2 >= RingGeometry.MinSize:
                    size /= 2;
                    LogSmaller(lane.Name, size);
                    break;
                case DeviceOpening.Failed failed:
                    LogNoDisk(lane.Name, failed.Fault.ToString());
                    return (new MemoryDevice(size), false);
            }
        }
    }

    private void Report(Lane lane, RingOpening.Opened opened)
    {
        LogOpened(
            lane.Name, opened.Origin, opened.Report.WasClean, opened.Report.Records + opened.Report.AdoptedRecords, opened.Report.BadPages,
            opened.Ring.Epoch.Number, clock.Now.Elapsed.TotalMilliseconds);
        if (opened.Origin == RingOrigin.KeyLost)
        {
            LogKeyLost(lane.Name);
        }

        foreach (Gap gap in opened.Report.Gaps)
        {
            LogGap(lane.Name, gap.Reason, gap.FirstSeq, gap.LastSeq, gap.Count);
        }
    }

    [LoggerMessage(2400, LogLevel.Information, "The ring of the {Lane} lane is open ({Origin}, ended in order: {WasClean}): {Records} records are still there, {BadPages} bad pages, epoch {Epoch}, {Elapsed} ms after the start.")]
    private partial void LogOpened(string lane, RingOrigin origin, bool wasClean, long records, int badPages, long epoch, double elapsed);

    [LoggerMessage(2401, LogLevel.Warning, "The key of the {Lane} lane is out of reach: {Reason}. Nothing is taken from edgeHub; asked again in {Seconds} s.")]
    private partial void LogKeyUnavailable(string lane, string reason, double seconds);

    [LoggerMessage(2402, LogLevel.Error, "There is no disk for the {Lane} lane: {Fault}. Its ring is in memory: a restart loses what is not delivered. Give the module a volume that it may write to.")]
    private partial void LogNoDisk(string lane, string fault);

    [LoggerMessage(2403, LogLevel.Warning, "The disk has no room for the ring of the {Lane} lane; it is made with {Size} bytes.")]
    private partial void LogSmaller(string lane, int size);

    [LoggerMessage(2404, LogLevel.Error, "Another process uses {Path}, the ring of the {Lane} lane: stop it. Asked again in {Seconds} s.")]
    private partial void LogInUse(string lane, string path, double seconds);

    [LoggerMessage(2405, LogLevel.Critical, "The key of the {Lane} lane is lost for good: what its ring held cannot be read any more. A new ring took its place.")]
    private partial void LogKeyLost(string lane);

    [LoggerMessage(2406, LogLevel.Warning, "The {Lane} lane misses numbers {FirstSeq} to {LastSeq}: {Reason}, {Count} records are known to be lost. A gap record says so.")]
    private partial void LogGap(string lane, LossReason reason, long firstSeq, long lastSeq, long count);
}
