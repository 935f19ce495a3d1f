using System.Collections.Immutable;
using Sallyport.Hosting;
using Sallyport.Watchdog.Alarms;
using Sallyport.Watchdog.Audit;
using Sallyport.Watchdog.Configuration;
using Sallyport.Watchdog.Scraping;
using Sallyport.Watchdog.Status;

namespace Sallyport.Watchdog.Delivery;

/// <summary>Looks at everybody, judges, and tells: alarms, the picture of the gateway, and SecureBuffer when another connection is due.</summary>
internal sealed class DeliveryLoop(
    CurrentPlan<WatchdogPlan> plans,
    GatewayScraper scraper,
    GatewayWatch watch,
    ReconnectRequest reconnect,
    AlarmBoard alarms,
    AcknowledgementLedger ledger,
    AlarmTale alarmTale,
    DeliveryTale tale,
    DeliveryMetrics metrics,
    ConfigurationAudit audit,
    LastPages pages,
    StatusBoard board,
    TimeProvider time)
{
    /// <summary>Looks until <paramref name="stop"/>.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        CurrentPlan<WatchdogPlan>.Edition edition = await plans.WaitForNextAsync(known: null, stop);
        using var timer = new PeriodicTimer(edition.Plan.Delivery.Interval, time);
        do
        {
            DeliveryPlan plan = (plans.Value ?? edition).Plan.Delivery;
            if (timer.Period != plan.Interval)
            {
                timer.Period = plan.Interval;
            }

            await LookAsync(plan, stop);
        }
        while (await timer.WaitForNextTickAsync(stop));
    }

    /// <summary>One tick.</summary>
    internal async Task LookAsync(DeliveryPlan plan, CancellationToken cancellationToken)
    {
        Look look = await scraper.LookAsync(plan, cancellationToken);
        pages.Take(look.Samples);
        await TakeAsync(look, plan, cancellationToken);
        await audit.LookAsync(look, plan, cancellationToken);
    }

    private async Task TakeAsync(Look look, DeliveryPlan plan, CancellationToken cancellationToken)
    {
        GatewayJudgement judgement = watch.Judge(look, plan);
        GatewayStatus before = board.Current;
        metrics.Looked(look.Elapsed, judgement.Delivery);
        ImmutableArray<AlarmChange> changes = alarms.Update(judgement.Findings, look.Elapsed, look.At, plan.ClearAfter, ledger.Find);
        board.Change(now => now with
        {
            At = look.At,
            Delivery = judgement.Delivery.Status,
            Buffer = judgement.Buffer,
            Modules = judgement.Modules,
            Devices = judgement.Devices,
            Credentials = judgement.Credentials,
            Alarms = alarms.Open,
        });
        TellMoves(before, judgement, look.At);
        await TellAlarmsAsync(changes, look.At, cancellationToken);
        if (judgement.Delivery.WantsReconnect && await reconnect.SendAsync(cancellationToken))
        {
            watch.ReconnectAsked();
        }
    }

    private void TellMoves(GatewayStatus before, GatewayJudgement judgement, DateTimeOffset at)
    {
        if (before.Delivery.State != judgement.Delivery.Status.State)
        {
            tale.Moved(before.Delivery, judgement.Delivery.Status);
        }

        foreach (ModuleStatus module in judgement.Modules)
        {
            ModuleStatus? known = before.Modules.FirstOrDefault(one => string.Equals(one.Name, module.Name, StringComparison.Ordinal));
            if (known is not null && known.Condition != module.Condition)
            {
                tale.Moved(known, module);
            }

            if (known is not null && module.Starts > known.Starts)
            {
                tale.StartedAgain(module, at);
            }
        }
    }

    private async Task TellAlarmsAsync(ImmutableArray<AlarmChange> changes, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var isStale = false;
        foreach (AlarmChange change in changes)
        {
            alarmTale.Changed(change, at);
            isStale |= !change.IsOpen && ledger.Remove(change.Alarm.Id);
        }

        if (isStale && await ledger.StoreAsync(cancellationToken) is { } fault)
        {
            alarmTale.NotStored(fault);
        }
    }
}
