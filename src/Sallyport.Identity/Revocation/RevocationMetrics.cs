using System.Diagnostics.Metrics;

namespace Sallyport.Identity.Revocation;

/// <summary>What the upkeep of the lists counts.</summary>
internal sealed class RevocationMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Sallyport.Identity";

    private readonly Counter<long> _accepted;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _fetchFailures;
    private readonly Counter<long> _unsaved;

    /// <summary>Creates the instruments; counters start at 0.</summary>
    public RevocationMetrics(IMeterFactory meters, RevocationStore store, TimeProvider time)
    {
        Meter meter = meters.Create(MeterName);
        _accepted = meter.CreateCounter<long>(
            "sallyport.revocation.lists_accepted", unit: "{list}", description: "Revocation lists that took the place of an older one.");
        _refused = meter.CreateCounter<long>(
            "sallyport.revocation.lists_refused", unit: "{list}", description: "Revocation lists that were not believed, by reason.");
        _fetchFailures = meter.CreateCounter<long>(
            "sallyport.revocation.fetch_failures", unit: "{attempt}", description: "Attempts to fetch a revocation list that brought none.");
        _unsaved = meter.CreateCounter<long>(
            "sallyport.revocation.lists_not_saved", unit: "{list}", description: "Revocation lists that count and could not be written to the disk.");
        _ = meter.CreateObservableGauge(
            "sallyport.revocation.list_remaining_seconds",
            () => Remaining(store, time.GetUtcNow()),
            unit: "s",
            description: "Time until the next revocation list of an authority is due at the latest; negative when it is overdue.");
        _accepted.Add(0);
        _refused.Add(0);
        _fetchFailures.Add(0);
        _unsaved.Add(0);
    }

    public void Accepted() => _accepted.Add(1);

    public void Refused(RevocationListFault fault) => _refused.Add(1, new KeyValuePair<string, object?>("reason", fault.ToString()));

    public void FetchFailed() => _fetchFailures.Add(1);

    public void NotSaved() => _unsaved.Add(1);

    private static IEnumerable<Measurement<double>> Remaining(RevocationStore store, DateTimeOffset now) =>
        from authority in store.Authorities
        let list = authority.List
        where list is not null
        select new Measurement<double>(
            (list.NextUpdate - now).TotalSeconds,
            new KeyValuePair<string, object?>("authority", authority.Name),
            new KeyValuePair<string, object?>("id", authority.Id[..16])); // Two authorities of one name are two lines.
}
