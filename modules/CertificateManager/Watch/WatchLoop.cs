using Sallyport.CertificateManager.Configuration;
using Sallyport.CertificateManager.Renewal;
using Sallyport.Hosting;

namespace Sallyport.CertificateManager.Watch;

/// <summary>Looks at the clock each minute and at the certificates each hour, and when the plan or the gateway's own certificate changed.</summary>
internal sealed class WatchLoop(
    CurrentPlan<CertificatePlan> plans, Surveyor surveyor, CertificateBoard board, WatchTale tale, RenewalStatus renewal, TimeProvider time)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    private readonly ClockWatch _clock = new(ClockTolerance, time);
    private CurrentPlan<CertificatePlan>.Edition? _edition;
    private string _own = "";
    private long _lastLook;

    /// <summary>Watches until <paramref name="stop"/>.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Tick, time);
        _ = await plans.WaitForNextAsync(known: null, stop);
        do
        {
            await LookAsync(stop);
        }
        while (await timer.WaitForNextTickAsync(stop));
    }

    /// <summary>One tick.</summary>
    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        LookAtClock();
        CurrentPlan<CertificatePlan>.Edition edition = plans.Value!;
        var own = renewal.Journal is { } journal ? journal.Active + journal.Next + journal.Previous : "";
        if (ReferenceEquals(edition, _edition) && string.Equals(own, _own, StringComparison.Ordinal) && time.GetElapsedTime(_lastLook) < Interval)
        {
            await tale.TellAsync(board.Last, cancellationToken);
            return;
        }

        (_edition, _own, _lastLook) = (edition, own, time.GetTimestamp());
        board.Last = await surveyor.LookAsync(edition.Plan, cancellationToken);
        await tale.TellAsync(board.Last, cancellationToken);
    }

    private void LookAtClock()
    {
        if (_clock.HasStepped(out TimeSpan step))
        {
            tale.ClockJumped(step);
        }

        // What an authority signed for us it signed in the past.
        TimeSpan behind = renewal.Journal is { } journal && CertificateDates.Begin(journal) is { } begin ? begin - time.GetUtcNow() : TimeSpan.Zero;
        tale.ClockBehind(behind > ClockTolerance ? behind : null);
    }
}
