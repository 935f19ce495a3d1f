using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Sallyport.CertificateManager.Renewal;
using Sallyport.Identity.Keys;
using Sallyport.Identity.Renewal;
using Sallyport.Identity.Revocation;
using Sallyport.Simulator.Est;
using Sallyport.Telemetry;

namespace Sallyport.CertificateManager.Tests;

public sealed class RenewalTests
{
    [Fact(Timeout = 60_000)]
    public async Task The_first_certificate_comes_with_the_factorys_and_the_next_with_the_present_one()
    {
        await using Site site = await Site.StartAsync();
        using var completed = new MetricCollector<long>(site.Meters, RenewalMetrics.MeterName, "sallyport.renewal.completed");
        await site.UntilAsync(RenewalState.Idle);
        DeviceKeySlot first = site.Journal.ActiveSlot;
        Assert.Single(site.Server.Issued);
        File.Delete(site["factory.key"]);

        await site.UntilAsync(RenewalState.Overlap);
        Assert.Equal(2, site.Server.Issued.Count);
        Assert.NotEqual(first, site.Journal.ActiveSlot);
        Assert.NotEmpty(site.Journal.Previous);
        Assert.Equal(site.Journal, Stored(site));

        await site.UntilAsync(RenewalState.Idle);
        Assert.Empty(site.Journal.Previous);
        Assert.Equal(["CertificateRenewed", "CertificateRenewed", "CertificateSuperseded"], site.Told);
        Assert.Equal(2, completed.GetMeasurementSnapshot().EvaluateAsCounter());
    }

    [Fact(Timeout = 60_000)]
    public async Task A_certificate_that_is_given_up_while_it_is_good_is_told_with_what_revokes_it()
    {
        await using Site site = await Site.StartAsync();
        await site.UntilAsync(RenewalState.Idle);
        string serial = SerialOf(site.Journal.Active);
        site.Time.Advance(TimeSpan.FromHours(1));
        site.Orders.Place(RenewalOrder.Renew);
        await site.UntilAsync(RenewalState.Overlap);
        Assert.DoesNotContain("CertificateSuperseded", site.Told);
        await site.UntilAsync(RenewalState.Idle);
        SecurityEvent told = Assert.Single(site.Events.Raised, raised => raised.EventType is "CertificateSuperseded");
        Assert.Equal(PointValue.FromText($"sallyportctl pki revoke FOLDER --serial {serial} --reason superseded --out LIST"), told.Details["command"]);
        Assert.Contains(site.Log.GetSnapshot(), record => record.Id.Id == 6317);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_provider_that_makes_no_further_key_in_this_process_has_the_module_restarted()
    {
        await using Site site = await Site.StartAsync();
        using var files = new FileKeyProvider(site["keys"]);
        var keys = new UsedUpKeys(files);
        site.Restart(keys: keys);
        await site.UntilAsync(RenewalState.Idle);
        Assert.Equal(0, site.Lifetime.Stops);
        keys.IsUsedUp = true;
        site.Time.Advance(TimeSpan.FromHours(1));
        site.Orders.Place(RenewalOrder.Renew);
        await site.UntilAsync(RenewalState.Backoff);
        Assert.InRange(site.Lifetime.Stops, 1, int.MaxValue);
        Assert.Contains(site.Log.GetSnapshot(), record => record.Id.Id == 6303);

        site.Restart();
        await site.UntilAsync(RenewalState.Overlap);
        Assert.Equal(2, site.Server.Issued.Count);
    }

    [Fact(Timeout = 60_000)]
    public async Task The_key_that_a_provider_was_tried_with_serves_the_first_certificate()
    {
        await using Site site = await Site.StartAsync();
        using var files = new FileKeyProvider(site["keys"]);
        var keys = new UsedUpKeys(files);
        site.Restart(keys: keys);
        await site.UntilAsync(RenewalState.Idle);
        Assert.Equal(1, keys.Made);
    }

    [Fact(Timeout = 60_000)]
    public async Task Without_lists_nothing_is_believed_unless_the_plan_says_that_none_are_published()
    {
        await using Site site = await Site.StartAsync();
        site.Plan = site.Plan with { Revocation = RevocationPolicy.Require.Instance };
        site.Restart();
        await site.UntilAsync(RenewalState.Backoff);
        Assert.Contains("no revocation lists are configured", site.Journal.Reason, StringComparison.Ordinal);
        Assert.Empty(site.Server.Issued);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_restart_goes_on_from_the_journal_and_asks_for_nothing_new()
    {
        await using Site site = await Site.StartAsync();
        await site.UntilAsync(RenewalState.Received);
        site.Restart();
        await site.UntilAsync(RenewalState.Idle);
        site.Restart();
        await site.TurnAsync();
        Assert.Equal(RenewalState.Idle, site.Journal.State);
        Assert.Single(site.Server.Issued);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_journal_that_cannot_be_understood_is_kept_aside_and_no_key_is_destroyed_before_somebody_says_so()
    {
        await using Site site = await Site.StartAsync();
        await site.UntilAsync(RenewalState.Idle);
        var keys = Directory.GetFiles(site["keys"]).Select(File.ReadAllText).ToArray();
        var file = Path.Combine(site["identity"], JournalFile.Name);
        await File.WriteAllTextAsync(file, "{", Site.Token);
        using var faults = new MetricCollector<long>(site.Meters, RenewalMetrics.MeterName, "sallyport.renewal.journal_faults");
        for (var start = 0; start < 2; start++)
        {
            site.Restart();
            Assert.True(await site.TurnAsync() > TimeSpan.Zero);
            Assert.Contains("startAnew", site.Status.Trouble, StringComparison.Ordinal);
        }

        Assert.Equal("{", await File.ReadAllTextAsync(file + ".bad", Site.Token));
        Assert.Equal(keys, Directory.GetFiles(site["keys"]).Select(File.ReadAllText));
        Assert.Contains("RenewalBlocked", site.Told);
        Assert.Contains(site.Log.GetSnapshot(), record => record is { Level: LogLevel.Error, Id.Id: 6301 });
        Assert.Equal(2, faults.GetMeasurementSnapshot().Where(one => one.Value > 0 && one.Tags["reason"] is "unreadable").EvaluateAsCounter());

        site.Orders.Place(RenewalOrder.StartAnew);
        await site.UntilAsync(RenewalState.Idle);
        Assert.Equal(2, site.Server.Issued.Count);
        Assert.Equal("", site.Status.Trouble);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_disk_that_does_not_take_the_journal_stops_the_steps_until_it_does()
    {
        await using Site site = await Site.StartAsync();
        await site.TurnAsync();
        var obstacle = Directory.CreateDirectory(Path.Combine(site["identity"], JournalFile.Name + ".new"));
        for (var turn = 0; turn < 5; turn++)
        {
            await site.TurnAsync();
        }

        Assert.Contains("cannot be written", site.Status.Trouble, StringComparison.Ordinal);
        Assert.InRange(site.Server.Issued.Count, 0, 1);
        obstacle.Delete();
        await site.UntilAsync(RenewalState.Idle);
        Assert.Single(site.Server.Issued);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_key_that_is_gone_is_told_and_another_certificate_is_asked_for()
    {
        await using Site site = await Site.StartAsync();
        await site.UntilAsync(RenewalState.Idle);
        site.Time.Advance(TimeSpan.FromHours(1));
        Directory.Delete(site["keys"], recursive: true);
        site.Restart();
        await site.UntilAsync(RenewalState.Overlap);
        Assert.Contains("IdentityKeyLost", site.Told);
        Assert.Equal(2, site.Server.Issued.Count);
    }

    [Fact(Timeout = 60_000)]
    public async Task Without_a_provider_of_keys_it_says_which_variable_is_missing()
    {
        await using Site site = await Site.StartAsync();
        site.Restart(hasKeys: false);
        await site.TurnAsync();
        Assert.Contains("Sallyport__DeviceKeys__Providers", site.Status.Trouble, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Roots_that_cannot_be_read_are_told_and_counted_as_blocked()
    {
        await using Site site = await Site.StartAsync();
        using var blocked = new MetricCollector<int>(site.Meters, RenewalMetrics.MeterName, "sallyport.renewal.blocked");
        File.Delete(site["roots.pem"]);
        await site.TurnAsync();
        blocked.RecordObservableInstruments();
        Assert.Contains(blocked.GetMeasurementSnapshot(), one => one.Value == 1);
        Assert.Contains("roots.pem", site.Status.Trouble, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_server_that_is_away_is_told_after_three_failures_and_a_late_renewal_is_told_too()
    {
        await using Site site = await Site.StartAsync();
        await site.UntilAsync(RenewalState.Idle);
        site.Server.Manners = new EnrolmentManners { Status = 503 };
        using var failures = new MetricCollector<long>(site.Meters, RenewalMetrics.MeterName, "sallyport.renewal.failures");
        site.Time.Advance(TimeSpan.FromDays(28));
        for (var failure = 0; failure < 4; failure++)
        {
            await site.UntilAsync(RenewalState.Requesting);
            await site.UntilAsync(RenewalState.Backoff);
        }

        Assert.Single(site.Told, told => told is "RenewalFailing");
        Assert.Equal(4, failures.GetMeasurementSnapshot().EvaluateAsCounter());
        site.Server.Manners = new EnrolmentManners();
        await site.UntilAsync(RenewalState.Overlap);
        Assert.Single(site.Told, told => told is "ShortOverlap");
    }

    [Fact(Timeout = 60_000)]
    public async Task An_order_is_served_at_once_by_the_running_loop_and_the_state_is_a_gauge()
    {
        await using Site site = await Site.StartAsync();
        using var state = new MetricCollector<int>(site.Meters, RenewalMetrics.MeterName, "sallyport.renewal.state");
        await site.UntilAsync(RenewalState.Idle);
        site.Time.Advance(TimeSpan.FromHours(1));
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Site.Token);
        Task running = site.Loop.RunAsync(end.Token);
        site.Orders.Place(RenewalOrder.Renew);
        while (site.Journal.State != RenewalState.Overlap)
        {
            Site.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        state.RecordObservableInstruments();
        Assert.Contains(state.GetMeasurementSnapshot(), one => one.Value == 1 && one.Tags["state"] is "Overlap");
        Assert.Equal(2, site.Server.Issued.Count);
    }

    private static string SerialOf(string pem)
    {
        Assert.True(CertificateChain.TryRead(pem, out CertificateChain? chain));
        using (chain)
        {
            return chain.Leaf.SerialNumber;
        }
    }

    private static RenewalJournal? Stored(Site site) =>
        RenewalJournalJson.TryRead(File.ReadAllBytes(Path.Combine(site["identity"], JournalFile.Name)), out RenewalJournal? journal) ? journal : null;
}
