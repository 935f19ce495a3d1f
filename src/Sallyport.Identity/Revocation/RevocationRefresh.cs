using System.Diagnostics.Metrics;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace Sallyport.Identity.Revocation;

/// <summary>Brings new lists into the store: from what was kept, from a folder, and over HTTP, each hour and when a list is wanted that is not there.</summary>
public sealed partial class RevocationRefresh : IDisposable
{
    private readonly RevocationStore _store;
    private readonly RevocationOptions _options;
    private readonly RevocationMetrics _metrics;
    private readonly RevocationDownload _download;
    private readonly Dictionary<string, DateTimeOffset> _asked = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RevocationList> _saved = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RevocationList> _warned = new(StringComparer.Ordinal);
    private readonly Func<double> _random;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private IReadOnlyList<RevocationList> _kept = [];

    /// <summary>Puts the upkeep together; <see cref="RunAsync"/> starts it.</summary>
    public RevocationRefresh(
        RevocationStore store, RevocationOptions options, IMeterFactory meters, TimeProvider time, ILogger<RevocationRefresh> logger)
        : this(store, options, meters, time, logger, () => RandomNumberGenerator.GetInt32(1000) / 1000.0)
    {
    }

    internal RevocationRefresh(
        RevocationStore store, RevocationOptions options, IMeterFactory meters, TimeProvider time, ILogger<RevocationRefresh> logger, Func<double> random)
    {
        (_store, _options, _time, _logger, _random) = (store, options, time, logger, random);
        _metrics = new RevocationMetrics(meters, store, time);
        _download = new RevocationDownload(options.FetchLimit, time);
    }

    /// <summary>Runs until stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            await LoadAsync(stop);
            while (true)
            {
                Task wanted = _store.Wanted;
                bool isWhole = await PassAsync(stop);
                TimeSpan wait = isWhole ? _options.Interval * (0.9 + (0.2 * _random())) : _options.RetryAfter;
                using var either = CancellationTokenSource.CreateLinkedTokenSource(stop);
                await Task.WhenAny(wanted, Task.Delay(wait, _time, either.Token));
                await either.CancelAsync();
                stop.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped. What counts is on the disk already.
        }
    }

    /// <summary>Reads what was kept at the last run. Lists are verified again when their authority is asked about.</summary>
    internal async Task LoadAsync(CancellationToken stop)
    {
        if (_options.StateFolder is { } folder && Directory.Exists(folder))
        {
            _kept = await new RevocationFolder(folder).ReadAsync(LogUnreadable, stop);
            _store.Shelve(_kept);
        }
    }

    /// <summary>Looks everywhere once. False if something is to be tried again soon.</summary>
    internal async Task<bool> PassAsync(CancellationToken stop)
    {
        IReadOnlyList<RevocationList> found = _options.Folder is { } folder ? await new RevocationFolder(folder).ReadAsync(Unreadable, stop) : [];
        _store.Shelve([.. _kept, .. found]);
        foreach (RevocationList list in _kept.Concat(found))
        {
            Offer(list, "a file");
        }

        bool isWhole = true;
        if (_options.Fetches)
        {
            foreach (WatchedAuthority authority in _store.Authorities)
            {
                isWhole &= authority.Address is not { } address || await FetchAsync(authority, address, stop);
            }
        }

        isWhole &= await SaveAsync(stop);
        Warn();
        return isWhole;
    }

    /// <inheritdoc/>
    public void Dispose() => _download.Dispose();

    private void Unreadable(string file, string reason)
    {
        _metrics.Refused(RevocationListFault.Unreadable);
        LogUnreadable(file, reason);
    }

    private async Task<bool> FetchAsync(WatchedAuthority authority, Uri address, CancellationToken stop)
    {
        DateTimeOffset now = _time.GetUtcNow();
        if (_asked.TryGetValue(authority.Id, out DateTimeOffset last) && now - last < _options.RetryAfter && now >= last)
        {
            return authority.List is not null;
        }

        _asked[authority.Id] = now;
        switch (await _download.FetchAsync(address, stop))
        {
            case FetchOutcome.Fetched fetched when RevocationList.TryRead(fetched.Data, out RevocationList? list, out string reason):
                return Offer(list, address.AbsoluteUri) is RevocationListOutcome.Accepted or RevocationListOutcome.Unchanged;
            case FetchOutcome.Fetched fetched:
                _ = RevocationList.TryRead(fetched.Data, out _, out string fault);
                Unreadable(address.AbsoluteUri, fault);
                return false;
            case FetchOutcome.Failed failed:
                _metrics.FetchFailed();
                LogNotFetched(authority.Name, address, failed.Reason);
                return false;
            default:
                return false;
        }
    }

    private RevocationListOutcome Offer(RevocationList list, string source)
    {
        RevocationListOutcome outcome = _store.Offer(list);
        switch (outcome)
        {
            case RevocationListOutcome.Accepted accepted:
                _metrics.Accepted();
                LogAccepted(accepted.Authority.Name, list.Number.ToString(CultureInfo.InvariantCulture), list.Count, list.NextUpdate);
                break;

            // An older list may lie beside a newer one in a folder for good; over HTTP it is an alarm.
            case RevocationListOutcome.Refused refused when refused.Fault != RevocationListFault.NotNewer || source.StartsWith("http", StringComparison.Ordinal):
                _metrics.Refused(refused.Fault);
                LogRefused(list.Number.ToString(CultureInfo.InvariantCulture), source, refused.Fault);
                break;
        }

        return outcome;
    }

    private async Task<bool> SaveAsync(CancellationToken stop)
    {
        if (_options.StateFolder is not { } folder)
        {
            return true;
        }

        bool isWhole = true;
        foreach (WatchedAuthority authority in _store.Authorities)
        {
            if (authority.List is not { } list || (_saved.TryGetValue(authority.Id, out RevocationList? saved) && ReferenceEquals(saved, list)))
            {
                continue;
            }

            try
            {
                Directory.CreateDirectory(folder);
                await DurableFile.ReplaceAsync(Path.Combine(folder, authority.Id + ".crl"), list.RawData, stop);
                _saved[authority.Id] = list;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                isWhole = false;
                _metrics.NotSaved();
                LogNotSaved(authority.Name, folder);
            }
        }

        return isWhole;
    }

    private void Warn()
    {
        DateTimeOffset now = _time.GetUtcNow();
        foreach (WatchedAuthority authority in _store.Authorities)
        {
            if (authority.Age(now) >= 0.5 && authority.List is { } list && !(_warned.TryGetValue(authority.Id, out RevocationList? warned) && ReferenceEquals(warned, list)))
            {
                _warned[authority.Id] = list;
                LogOld(authority.Name, list.NextUpdate);
            }
        }
    }

    [LoggerMessage(6100, LogLevel.Information, "Revocation list {Number} of '{Authority}' counts: {Count} certificates are revoked, the next list is due at {NextUpdate}")]
    private partial void LogAccepted(string authority, string number, int count, DateTimeOffset nextUpdate);

    [LoggerMessage(6101, LogLevel.Warning, "Revocation list {Number} from {Source} is not believed: {Fault}")]
    private partial void LogRefused(string number, string source, RevocationListFault fault);

    [LoggerMessage(6102, LogLevel.Warning, "{Source} is no revocation list that can be used. {Reason}")]
    private partial void LogUnreadable(string source, string reason);

    [LoggerMessage(6103, LogLevel.Warning, "No revocation list of '{Authority}' from {Address}: {Reason}")]
    private partial void LogNotFetched(string authority, Uri address, string reason);

    [LoggerMessage(6104, LogLevel.Error, "Half of the life of the revocation list of '{Authority}' is over and there is no newer one; it is good until {NextUpdate}. See that its authority publishes lists and that they can be fetched.")]
    private partial void LogOld(string authority, DateTimeOffset nextUpdate);

    [LoggerMessage(6105, LogLevel.Warning, "The revocation list of '{Authority}' cannot be written to {Folder}: after a restart an older one may be taken")]
    private partial void LogNotSaved(string authority, string folder);
}
