using Microsoft.Extensions.Logging;
using Sallyport.Hosting;
using Sallyport.SealedRing;
using Sallyport.SealedRing.Placing;
using Sallyport.SecureBuffer.Configuration;
using Sallyport.SecureBuffer.Keys;
using Sallyport.SecureBuffer.Ring;
using Sallyport.Telemetry;

namespace Sallyport.SecureBuffer.Storage;

/// <summary>
/// Opens the rings of both lanes, or makes them. While a key is out of reach nothing is taken from edgeHub, which keeps it; what no disk takes is kept in memory,
/// and said so.
/// </summary>
internal sealed partial class RingOpener(
    Lanes lanes, CurrentPlan<BufferPlan> plans, RingPlace place, Announcer announcer, MomentClock clock, TimeProvider time, ILogger<RingOpener> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>Returns when both lanes are open.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // A ring that is there has its size, and opens at once; one that is not there yet gets it from the first plan, and keeps it.
        var isThere = File.Exists(place.FileOf(lanes.Alerts.Name)) && File.Exists(place.FileOf(lanes.Bulk.Name));
        BufferPlan plan = plans.Value?.Plan
            ?? (isThere ? BufferPlan.Default : (await plans.WaitForNextAsync(known: null, cancellationToken)).Plan);
        TryMakeFolder();
        await (place.Keys?.OpenAsync(cancellationToken) ?? Task.CompletedTask);
        await OpenAsync(lanes.Alerts, MessageType.Security, plan, plan.AlertsSizeInBytes, cancellationToken);
        await OpenAsync(lanes.Bulk, MessageType.Telemetry, plan, plan.SizeInBytes, cancellationToken);
        lanes.Open();
        announcer.Step();
    }

    private async Task OpenAsync(Lane lane, MessageType gapType, BufferPlan plan, int size, CancellationToken cancellationToken)
    {
        var folder = new RingFolder(LaneRing.OptionsFor(gapType, plan), place.Wrappers, time) { Verifier = plan.Verifier };
        var path = place.FileOf(lane.Name);
        var snapshotBlocks = LaneRing.SnapshotBlocksFor(plan);
        string? unusable = null;
        while (true)
        {
            RingPlacement placement = unusable is null
                ? await folder.OpenAsync(path, size, snapshotBlocks, cancellationToken)
                : await folder.OpenInMemoryAsync(size, snapshotBlocks, unusable, cancellationToken);
            switch (placement)
            {
                case RingPlacement.Opened opened:
                    Report(lane, opened);
                    lane.Open(opened.Opening.Ring, opened.Opening.Device, StorageOf(opened));
                    return;
                case RingPlacement.Unusable refused when unusable is null:
                    unusable = refused.Advice;
                    continue;
                case RingPlacement.Wiped wiped:
                    LogWiped(lane.Name, $"{wiped.Report.Buffer:x32}", wiped.Report.UnsentRecords);
                    continue;
                case RingPlacement.KeyUnavailable unavailable:
                    LogKeyUnavailable(lane.Name, unavailable.Reason, Pause.TotalSeconds);
                    break;
                case RingPlacement.InUse inUse:
                    LogBlocked(lane.Name, inUse.Advice, Pause.TotalSeconds);
                    break;
                case RingPlacement.WipeInterrupted interrupted:
                    LogBlocked(lane.Name, interrupted.Advice, Pause.TotalSeconds);
                    break;
                case RingPlacement.Unusable refused:
                    LogBlocked(lane.Name, refused.Advice, Pause.TotalSeconds);
                    break;
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    // Where it cannot be made, opening says why.
    private void TryMakeFolder()
    {
        try
        {
            Directory.CreateDirectory(place.Folder);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            LogNoFolder(place.Folder, refused.Message);
        }
    }

    private static StorageState StorageOf(RingPlacement.Opened opened) => opened switch
    {
        { Medium: RingMedium.Memory } => StorageState.Memory,
        { Opening.Fault: not null } => StorageState.Degraded,
        _ => StorageState.Disk,
    };

    private void Report(Lane lane, RingPlacement.Opened opened)
    {
        RingOpening.Opened opening = opened.Opening;
        LogOpened(
            lane.Name, opening.Origin, opening.Report.WasClean, opening.Report.Records + opening.Report.AdoptedRecords, opening.Report.BadPages,
            opening.Ring.Epoch.Number, opened.Bytes, clock.Now.Elapsed.TotalMilliseconds);
        if (opened.Advice is { } advice)
        {
            LogAdvice(lane.Name, advice);
        }

        if (opening.Origin == RingOrigin.KeyLost)
        {
            LogKeyLost(lane.Name, opening.Orphan?.Pages ?? 0, opening.Orphan?.KeptAs ?? "overwritten");
        }

        foreach (Gap gap in opening.Report.Gaps)
        {
            LogGap(lane.Name, gap.Reason, gap.FirstSeq, gap.LastSeq, gap.Count);
        }
    }

    [LoggerMessage(2400, LogLevel.Information, "The ring of the {Lane} lane is open ({Origin}, ended in order: {WasClean}): {Records} records are still there, {BadPages} bad pages, epoch {Epoch}, {Bytes} bytes, {Elapsed} ms after the start.")]
    private partial void LogOpened(string lane, RingOrigin origin, bool wasClean, long records, int badPages, long epoch, long bytes, double elapsed);

    [LoggerMessage(2401, LogLevel.Warning, "The key of the {Lane} lane is out of reach: {Reason}. Nothing is taken from edgeHub; asked again in {Seconds} s.")]
    private partial void LogKeyUnavailable(string lane, string reason, double seconds);

    [LoggerMessage(2402, LogLevel.Error, "The ring of the {Lane} lane is not as it was configured. {Advice}")]
    private partial void LogAdvice(string lane, string advice);

    [LoggerMessage(2403, LogLevel.Error, "The folder {Folder} for the rings cannot be made: {Reason} Give the module a volume that it may write to.")]
    private partial void LogNoFolder(string folder, string reason);

    [LoggerMessage(2404, LogLevel.Error, "The ring of the {Lane} lane does not open. {Advice} Tried again in {Seconds} s.")]
    private partial void LogBlocked(string lane, string advice, double seconds);

    [LoggerMessage(2405, LogLevel.Critical, "The key of the {Lane} lane is lost for good: {Pages} pages that its ring held cannot be read any more ({KeptAs}). A new ring took its place.")]
    private partial void LogKeyLost(string lane, int pages, string keptAs);

    [LoggerMessage(2406, LogLevel.Warning, "The {Lane} lane misses numbers {FirstSeq} to {LastSeq}: {Reason}, {Count} records are known to be lost. A gap record says so.")]
    private partial void LogGap(string lane, LossReason reason, long firstSeq, long lastSeq, long count);

    [LoggerMessage(2407, LogLevel.Warning, "A wipe of the {Lane} lane's ring {Buffer} was finished; {Records} records in it had not been confirmed.")]
    private partial void LogWiped(string lane, string buffer, long records);
}
