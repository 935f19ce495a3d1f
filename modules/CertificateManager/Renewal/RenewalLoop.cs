using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sallyport.CertificateManager.Configuration;
using Sallyport.CertificateManager.Trust;
using Sallyport.Hosting;
using Sallyport.Identity.Keys;
using Sallyport.Identity.Renewal;

namespace Sallyport.CertificateManager.Renewal;

/// <summary>Steps the renewal of the gateway's own certificate. Each step is stored before the next one is done.</summary>
internal sealed partial class RenewalLoop(
    CurrentPlan<CertificatePlan> plans,
    JournalFile file,
    IdentityKeys keys,
    EnrolmentWork work,
    TrustFolder trust,
    RenewalOrders orders,
    RenewalStatus status,
    RenewalTale tale,
    RenewalMetrics metrics,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<RenewalLoop> logger) : IDisposable
{
    // Not longer: the wall clock may be set meanwhile, and what is waited for is a time of day.
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private RenewalJournal? _journal;
    private RenewalJournal? _unstored;
    private IDeviceKeyProvider? _provider;
    private PinnedRoots? _roots;
    private EnrolmentPlan? _plan;
    private RenewalMachine? _machine;
    private RenewalOrder? _order;

    /// <summary>Renews until <paramref name="stop"/>.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        CurrentPlan<CertificatePlan>.Edition edition = await plans.WaitForNextAsync(known: null, stop);
        while (true)
        {
            var pause = edition.Plan.Enrolment is { } plan ? await TurnAsync(plan, stop) : LongestPause;
            if (pause > TimeSpan.Zero)
            {
                await WaitAsync(pause, edition, stop);
            }

            edition = plans.Value!;
        }
    }

    /// <summary>Does one step, if one is due and can be done.</summary>
    /// <returns>How long to wait for the next.</returns>
    internal async Task<TimeSpan> TurnAsync(EnrolmentPlan plan, CancellationToken cancellationToken)
    {
        _order ??= orders.Take();
        var trouble = Load() ?? await StoreAsync(cancellationToken) ?? await PrepareAsync(plan, cancellationToken);
        if (trouble is not null)
        {
            Tell(trouble);
            return LongestPause;
        }

        Tell("");
        RenewalJournal before = _order is null ? _journal! : RenewalMachine.Order(_journal!);
        _order = null;
        RenewalJournal next = await _machine!.StepAsync(before, cancellationToken);
        await TakeAsync(next, cancellationToken);
        if (_provider is { NeedsRestart: true })
        {
            LogRestarting(_provider.Name);
            lifetime.StopApplication();
        }

        TimeSpan pause = _machine.WakeAt(next) - _machine.Now(next);
        return _unstored is not null || pause > LongestPause ? LongestPause : pause;
    }

    /// <inheritdoc/>
    public void Dispose() => _roots?.Dispose();

    private string? Load()
    {
        if (_journal is not null)
        {
            return null;
        }

        if (_order is RenewalOrder.StartAnew && file.Discard() is { } refusal)
        {
            return refusal;
        }

        switch (file.Load())
        {
            case JournalLoad.Loaded loaded:
                status.Journal = _journal = loaded.Journal;
                return null;
            case JournalLoad.Unreadable unreadable:
                return $"the journal of the identity cannot be understood and is kept as {unreadable.KeptAs}: bring it back from a backup, or call renew with startAnew";
            case JournalLoad.Unavailable unavailable:
                return $"the journal of the identity cannot be read: {unavailable.Reason}";
            default:
                throw new InvalidOperationException("A journal is loaded, unreadable or unavailable.");
        }
    }

    private async Task<string?> StoreAsync(CancellationToken cancellationToken)
    {
        if (_unstored is not { } journal)
        {
            return null;
        }

        if (await file.StoreAsync(journal, cancellationToken) is { } fault)
        {
            metrics.Unwritable();
            return $"the journal of the identity cannot be written, and no step is done before it is: {fault}";
        }

        RenewalJournal before = _journal!;
        status.Journal = _journal = journal;
        _unstored = null;
        tale.Moved(before, journal);
        return null;
    }

    private async Task TakeAsync(RenewalJournal next, CancellationToken cancellationToken)
    {
        if (next == _journal)
        {
            return;
        }

        _unstored = next;
        if (await StoreAsync(cancellationToken) is { } fault)
        {
            Tell(fault);
        }
    }

    private async Task<string?> PrepareAsync(EnrolmentPlan plan, CancellationToken cancellationToken)
    {
        var isLost = false;
        if (_provider is null)
        {
            // A key that was made to try the provider is as new as any.
            var isNew = false;
            switch (await keys.FindAsync(_journal!, cancellationToken))
            {
                case KeySearch.Waiting waiting:
                    return waiting.Reason;
                case KeySearch.Found found:
                    tale.Found(found);
                    (_provider, isLost, isNew) = (found.Provider, found.IsKeyLost, found.IsNew);
                    break;
            }

            if (isNew && _journal is { State: RenewalState.Expired, HasNewKey: false } journal)
            {
                await TakeAsync(journal with { HasNewKey = true }, cancellationToken);
            }
        }

        if (!PinnedRoots.TryRead(plan.RootsFile, trust, out PinnedRoots? roots, out var reason))
        {
            return reason;
        }

        if (_machine is null || plan != _plan || !string.Equals(roots!.Fingerprint, _roots?.Fingerprint, StringComparison.Ordinal))
        {
            _roots?.Dispose();
            (_roots, _plan, _machine) = (roots, plan, work.MachineFor(plan, roots!, _provider!, keys.Probe));
        }
        else
        {
            roots.Dispose();
        }

        if (isLost)
        {
            await TakeAsync(Recovered(_machine), cancellationToken);
        }

        return _unstored is null ? null : status.Trouble;
    }

    // During the overlap there is a way back; else only a new certificate helps.
    private RenewalJournal Recovered(RenewalMachine machine) => _journal!.State is RenewalState.Overlap
        ? machine.FallBack(_journal, "the key of the new certificate is gone")
        : RenewalMachine.Order(_journal);

    private async Task WaitAsync(TimeSpan pause, CurrentPlan<CertificatePlan>.Edition edition, CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _ = await Task.WhenAny(Task.Delay(pause, time, end.Token), orders.WaitAsync(end.Token), plans.WaitForNextAsync(edition, end.Token));
        await end.CancelAsync();
        stop.ThrowIfCancellationRequested();
    }

    private void Tell(string trouble)
    {
        if (trouble.Length > 0 && !string.Equals(trouble, status.Trouble, StringComparison.Ordinal))
        {
            if (_journal is null)
            {
                metrics.Unreadable();
            }

            LogBlocked(trouble);
            tale.Blocked(trouble);
        }

        status.Trouble = trouble;
    }

    [LoggerMessage(6303, LogLevel.Warning, "The module restarts: {Provider} makes no further key in this process")]
    private partial void LogRestarting(string provider);

    [LoggerMessage(6301, LogLevel.Error, "The gateway's certificate is not renewed: {Reason}. Tried again each minute")]
    private partial void LogBlocked(string reason);
}
