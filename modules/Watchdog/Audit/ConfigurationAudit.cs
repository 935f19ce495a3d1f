using Microsoft.Extensions.Logging;
using Sallyport.Hosting.Events;
using Sallyport.Posture.Report;
using Sallyport.Telemetry;
using Sallyport.Watchdog.Configuration;
using Sallyport.Watchdog.Events;
using Sallyport.Watchdog.Scraping;
using Sallyport.Watchdog.Storage;

namespace Sallyport.Watchdog.Audit;

/// <summary>Puts down each change of files that say how the gateway is set up, of what the host's report says of it, and of the set of its modules, with the hash before and after.</summary>
/// <remarks>Modules audit their own twins. What was seen is on the volume, so that a change while the module did not run is found too. One caller.</remarks>
internal sealed partial class ConfigurationAudit(LedgerFile file, HostConfiguration host, ModuleEvents events, RecentEvents recent, AuditMetrics metrics, ILogger<ConfigurationAudit> logger)
{
    /// <summary>What the set of modules is called.</summary>
    public const string Modules = "modules";

    private const string FilePrefix = "file/";
    private const string HostPrefix = "host/";

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly DeployedModules _deployed = new();
    private readonly HashSet<string> _faults = new(StringComparer.Ordinal);
    private Dictionary<string, string>? _known;
    private TimeSpan? _last;
    private DeliveryPlan? _plan;

    /// <summary>Takes a look: at the modules each time, at the files once a minute and with a new plan.</summary>
    public async Task LookAsync(Look look, DeliveryPlan plan, CancellationToken cancellationToken)
    {
        _known ??= file.Load();
        var isNews = false;
        if (_deployed.Observe(look.Of(Target.EdgeAgent)) is { } modules)
        {
            isNews |= IsNews(Modules, "The set of modules", DeployedModules.HashOf(modules), look.At, modules);
        }

        foreach (ConfigurationDigest item in host.Items)
        {
            isNews |= IsNews(HostPrefix + item.Name, $"The host's configuration of {item.Name}", item.Digest, look.At, "the host's report");
        }

        if (_last is not { } last || look.Elapsed - last >= Interval || !ReferenceEquals(plan, _plan))
        {
            (_last, _plan) = (look.Elapsed, plan);
            foreach (WatchedFile watched in plan.Files)
            {
                isNews |= LookAtFile(watched, look.At);
            }
        }

        if (isNews && await file.StoreAsync(_known, cancellationToken) is { } fault)
        {
            Tell(fault);
        }
    }

    private bool LookAtFile(WatchedFile watched, DateTimeOffset at)
    {
        if (FileHash.Of(watched.Path, out var fault) is not { } hash)
        {
            Tell(fault);
            return false;
        }

        return IsNews(FilePrefix + watched.Name, $"The file {watched.Name}", hash, at, watched.Path);
    }

    private bool IsNews(string name, string title, string after, DateTimeOffset at, string what)
    {
        var isKnown = _known!.TryGetValue(name, out var before);
        if (isKnown && string.Equals(before, after, StringComparison.Ordinal))
        {
            return false;
        }

        _known[name] = after;
        EventSeverity severity = isKnown ? EventSeverity.Medium : EventSeverity.Informational;
        var sentence = isKnown ? $"{title} changed." : $"{title} is watched from now on.";
        events.Audit(
            "GatewayConfigurationChange",
            severity,
            sentence,
            ModuleEvents.None
                .Add("setting", PointValue.FromText(name))
                .Add("what", PointValue.FromText(what))
                .Add("before", PointValue.FromText(before ?? ""))
                .Add("after", PointValue.FromText(after)));
        recent.Add(at, severity, sentence);
        if (isKnown)
        {
            metrics.Changed();
            LogChanged(title, before!, after);
        }

        return true;
    }

    private void Tell(string fault)
    {
        metrics.Failed();
        if (_faults.Add(fault))
        {
            LogFault(fault);
        }
    }

    [LoggerMessage(7030, LogLevel.Warning, "{What} changed: hash before {Before}, after {After}. Find out who did it")]
    private partial void LogChanged(string what, string before, string after);

    [LoggerMessage(7031, LogLevel.Warning, "The audit of the gateway's configuration has a hole: {Reason}")]
    private partial void LogFault(string reason);
}
