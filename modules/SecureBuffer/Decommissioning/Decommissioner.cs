using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Sallyport.Hosting;
using Sallyport.SealedRing.Destruction;
using Sallyport.SealedRing.Devices;
using Sallyport.SecureBuffer.Intake;
using Sallyport.SecureBuffer.Ring;
using Sallyport.SecureBuffer.Storage;

namespace Sallyport.SecureBuffer.Decommissioning;

/// <summary>Destroys the rings of this module for good. One run at a time; what a run could not do, the next goes on with.</summary>
/// <remarks>The order: intake and lanes are closed; the marker is on the disk; commits have ended; the rings are wiped, keys first; the files go; the marker says so.</remarks>
internal sealed partial class Decommissioner(
    Lanes lanes,
    InputIntake intake,
    RingPlace place,
    ModuleIdentity identity,
    DecommissionAudit audit,
    DecommissionMetrics metrics,
    MomentClock clock,
    TimeProvider time,
    ILogger<Decommissioner> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly DecommissionMarker _marker = new(place.Folder);
    private readonly RingSweep _sweep = new(place.Folder, RandomNumberGenerator.Fill, time);
    private readonly Lock _lock = new();
    private Task<DecommissionReport>? _run;
    private volatile DecommissionReport? _report;
    private volatile bool _isTold;

    /// <summary>How far it is; null while the module is in use.</summary>
    public DecommissionReport? Report => _report;

    private DecommissionReport Empty => new(identity.DeviceId, identity.ModuleId, [], [], [], IsComplete: false);

    private string MarkerPath => Path.Combine(place.Folder, DecommissionMarker.FileName);

    /// <summary>At a start, before any key is used: goes on with what was interrupted.</summary>
    /// <returns>False if there is nothing: the rings may be opened.</returns>
    public async Task<bool> ResumeAsync(CancellationToken cancellationToken)
    {
        if (!DecommissionMarker.Exists(place.Folder))
        {
            return await FinishForeignAsync(cancellationToken);
        }

        // Whoever damages the marker opens nothing, and destroys nothing either.
        DecommissionReport found = _marker.Read() ?? Empty with { IsComplete = true, Faults = ["the marker cannot be read; nothing was destroyed at this start"] };
        Close(found);
        LogClosed(MarkerPath);
        if (!found.IsComplete)
        {
            while (!(await RunAsync()).IsComplete)
            {
                await Task.Delay(Pause, time, cancellationToken);
            }

            // The connection comes up later than this.
            while (!_isTold)
            {
                await Task.Delay(Pause, time, cancellationToken);
                _isTold = await audit.TellEndAsync(_report!);
            }
        }

        return true;
    }

    /// <summary>Destroys the rings, or joins a run that has begun. What has begun goes on, whoever waits for it.</summary>
    public Task<DecommissionReport> RunAsync()
    {
        lock (_lock)
        {
            if (_report is { IsComplete: true } done)
            {
                return Task.FromResult(done);
            }

            if (_run is null or { IsCompleted: true })
            {
                var isFirst = _report is null;
                Close(_report ?? Empty with { Rings = [RingAtEnd.Of(lanes.Alerts.Status(clock.Now)), RingAtEnd.Of(lanes.Bulk.Status(clock.Now))] });

                // The disk works for seconds, and no caller's thread is for that.
                _run = Task.Run(() => DestroyAsync(_report!, isFirst));
            }

            return _run;
        }
    }

    private async Task<DecommissionReport> DestroyAsync(DecommissionReport report, bool isFirst)
    {
        // A full disk takes no marker, but it takes the wipe; then there is room.
        await _marker.WriteAsync(report with { Faults = [] });
        if (isFirst)
        {
            await audit.ConfirmedAsync(report.Rings.Sum(ring => ring.Records));
        }

        foreach (Lane lane in (Lane[])[lanes.Alerts, lanes.Bulk])
        {
            report = Add(report, WipeLane(lane));
            await _marker.WriteAsync(report with { Faults = [] });
        }

        place.DevelopmentKey?.Dispose();
        (ImmutableArray<FileWipe> wipes, ImmutableArray<string> faults) = _sweep.Run();
        faults = faults.AddRange(await (place.Keys?.DestroyAsync() ?? Task.FromResult<ImmutableArray<string>>([])));
        report = Add(report, wipes);
        report = Add(report, faults.IsEmpty ? Untold(report) : []) with { Faults = faults, IsComplete = faults.IsEmpty };
        if (await _marker.WriteAsync(report) is { } unwritten)
        {
            report = report with { Faults = [.. faults, unwritten], IsComplete = false };
        }

        _report = report;
        _isTold = await audit.EndedAsync(report);
        return report;
    }

    private ImmutableArray<FileWipe> WipeLane(Lane lane)
    {
        if (lane.GiveAway() is not { } given)
        {
            return [];
        }

        // What the disk says no to is tried once more with the file.
        using IBlockDevice device = given.Device;
        return new RingWipe(device, RandomNumberGenerator.Fill, time).Run(given.Ring) is WipeOutcome.Wiped wiped ? [new FileWipe(lane.Name, wiped.Report)] : [];
    }

    // A ring whose file was blank or gone when we came to tell of it: only a wipe that was read back gets so far.
    private ImmutableArray<FileWipe> Untold(DecommissionReport report) =>
    [
        .. report.Rings
            .Where(ring => !report.Wipes.Any(wipe => wipe.Report.Buffer == ring.Id))
            .Select(ring => new FileWipe(ring.Lane, new WipeReport(ring.Id, ring.LastSeq, ring.Records, ring.Bytes, WasResumed: true, time.GetUtcNow()))),
    ];

    private DecommissionReport Add(DecommissionReport report, ImmutableArray<FileWipe> wipes)
    {
        foreach (FileWipe wipe in wipes)
        {
            audit.Wiped(wipe);
            metrics.Wiped(wipe.Report.UnsentRecords);
        }

        return report with { Wipes = report.Wipes.AddRange(wipes) };
    }

    // An operator's tool began to wipe a ring, and did not end: that one is finished, and whether the module goes on with new rings is for the operator to say.
    private async Task<bool> FinishForeignAsync(CancellationToken cancellationToken)
    {
        DecommissionReport report = Empty;
        while (true)
        {
            (ImmutableArray<FileWipe> wipes, ImmutableArray<string> faults) = _sweep.Finish();
            report = Add(report, wipes);
            if (faults.IsEmpty)
            {
                break;
            }

            LogForeign(faults[0], Pause.TotalSeconds);
            await Task.Delay(Pause, time, cancellationToken);
        }

        if (report.Wipes.IsEmpty)
        {
            return false;
        }

        report = report with { IsComplete = true };
        report = await _marker.WriteAsync(report) is { } unwritten ? report with { Faults = [unwritten] } : report;
        Close(report);
        LogClosed(MarkerPath);
        return true;
    }

    private void Close(DecommissionReport report)
    {
        _report = report;
        intake.Close();
        lanes.Close();
        if (!lanes.IsOpen)
        {
            lanes.Alerts.GiveAway();
            lanes.Bulk.GiveAway();
        }
    }

    [LoggerMessage(2605, LogLevel.Error, "This module is decommissioned and makes no rings: edgeHub keeps what comes. To take it in use again, remove {Marker} and restart it.")]
    private partial void LogClosed(string marker);

    [LoggerMessage(2606, LogLevel.Error, "A wipe that was begun does not end: {Fault}. Tried again in {Seconds} s; the rings stay closed.")]
    private partial void LogForeign(string fault, double seconds);
}
