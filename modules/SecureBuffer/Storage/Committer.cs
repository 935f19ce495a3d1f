using Microsoft.Extensions.Logging;
using Sallyport.SealedRing.Devices;
using Sallyport.SecureBuffer.Keys;
using Sallyport.SecureBuffer.Ring;

namespace Sallyport.SecureBuffer.Storage;

/// <summary>
/// Makes records durable when they have waited long enough: while the uplink is open most are confirmed before, so that a healthy link costs almost no writes;
/// alerts at once. A disk that says no is asked again, less and less often. One caller.
/// </summary>
internal sealed partial class Committer(
    Lanes lanes, Announcer announcer, LossWindow window, StorageMetrics metrics, MomentClock clock, ILogger<Committer> logger)
{
    // An alert storm writes twice a second, not for each alert.
    private static readonly TimeSpan AlertsPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastRetry = TimeSpan.FromMinutes(5);

    private readonly Dictionary<Lane, (TimeSpan NotBefore, TimeSpan Retry)> _pauses = [];

    /// <summary>Commits what is due.</summary>
    /// <returns>How long until something else will be, as far as is known now; null for no time.</returns>
    public TimeSpan? Step()
    {
        announcer.Step();
        TimeSpan? wait = null;
        foreach (Lane lane in lanes.Both)
        {
            TimeSpan? due = UntilCommit(lane);
            if (due == TimeSpan.Zero)
            {
                Commit(lane, isEnd: false);
                announcer.Step();
                due = UntilCommit(lane);
            }

            wait = due is { } one && wait is { } other ? (one < other ? one : other) : due ?? wait;
        }

        return wait;
    }

    /// <summary>The last commit: everything is closed, and the next start skips no numbers.</summary>
    public void End()
    {
        foreach (Lane lane in lanes.Both)
        {
            if (lane.Storage is not (StorageState.Opening or StorageState.Fenced or StorageState.Decommissioned))
            {
                Commit(lane, isEnd: true);
            }
        }
    }

    private TimeSpan? UntilCommit(Lane lane)
    {
        if (lane.UntilCommit(IntervalOf(lane), clock.Now) is not { } due)
        {
            return null;
        }

        TimeSpan pause = _pauses.GetValueOrDefault(lane).NotBefore - clock.Now.Elapsed;
        return pause > due ? pause : due;
    }

    private TimeSpan IntervalOf(Lane lane) => lane == lanes.Alerts ? TimeSpan.Zero : window.CommitAge;

    private void Commit(Lane lane, bool isEnd)
    {
        StorageState before = lane.Storage;
        DeviceFault? fault = lane.Commit(isEnd, clock.Now);
        metrics.Committed(lane, fault);
        TimeSpan now = clock.Now.Elapsed;
        if (fault is { } said)
        {
            TimeSpan last = _pauses.GetValueOrDefault(lane).Retry;
            TimeSpan retry = last == TimeSpan.Zero ? FirstRetry : Min(2 * last, LastRetry);
            _pauses[lane] = (now + retry, retry);
            if (before == StorageState.Disk)
            {
                LogFault(lane.Name, said.ToString(), LastRetry.TotalMinutes);
            }

            return;
        }

        _pauses[lane] = (lane == lanes.Alerts ? now + AlertsPause : now, TimeSpan.Zero);
        if (before == StorageState.Degraded && lane.Storage == StorageState.Disk)
        {
            LogBack(lane.Name);
        }
        else if (before != StorageState.Fenced && lane.Storage == StorageState.Fenced)
        {
            LogFenced(lane.Name);
        }
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    [LoggerMessage(2300, LogLevel.Error, "The disk does not take the {Lane} lane: {Fault}. Its records are in memory until it does; it is asked again and again, at last each {Minutes} min.")]
    private partial void LogFault(string lane, string fault, double minutes);

    [LoggerMessage(2301, LogLevel.Information, "The disk takes the {Lane} lane again; everything is durable.")]
    private partial void LogBack(string lane);

    [LoggerMessage(2302, LogLevel.Critical, "Another process has taken the ring of the {Lane} lane over. This one writes to it no more: stop one of both.")]
    private partial void LogFenced(string lane);
}
