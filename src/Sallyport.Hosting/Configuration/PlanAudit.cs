using System.Collections.Immutable;
using System.Security.Cryptography;
using Sallyport.Telemetry;

namespace Sallyport.Hosting.Configuration;

/// <summary>Leaves a trace of who changed, or tried to change, the configuration.</summary>
internal sealed class PlanAudit(IEventSink events, ModuleIdentity identity, TimeProvider time)
{
    /// <summary>A new configuration is in force.</summary>
    public void Accepted(PlanOrigin origin, long version, string hash) => Raise(
        EventKind.Audit,
        "ConfigurationChange",
        EventSeverity.Informational,
        $"Configuration version {version} from the {Word(origin)} is in force.",
        Details(origin, version, "accepted").Add("cfg", PointValue.FromText(hash)));

    /// <summary>A configuration was refused, and the one before it stays in force.</summary>
    public void Refused(PlanOrigin origin, long version, ImmutableArray<PlanFault> faults) => Raise(
        EventKind.Audit,
        "ConfigurationChange",
        EventSeverity.Medium,
        $"Configuration version {version} from the {Word(origin)} was refused.",
        Details(origin, version, "refused")
            .Add("faults", PointValue.FromInt64(faults.Length))
            .Add("pointer", PointValue.FromText(PlanReport.Cut(faults[0].Pointer)))
            .Add("reason", PointValue.FromText(PlanReport.Cut(faults[0].Reason))));

    /// <summary>What lies in the store was not stored by this module, or was damaged.</summary>
    public void StoreDistrusted(string reason) => Raise(
        EventKind.Security,
        "StoredPlanRefused",
        EventSeverity.High,
        "The stored configuration is not to be trusted and is not used.",
        ImmutableSortedDictionary.Create<string, PointValue>(StringComparer.Ordinal).Add("reason", PointValue.FromText(reason)));

    private static string Word(PlanOrigin origin) => origin switch
    {
        PlanOrigin.Twin => "twin",
        PlanOrigin.Store => "store",
        _ => "file",
    };

    private static ImmutableSortedDictionary<string, PointValue> Details(PlanOrigin origin, long version, string outcome) =>
        ImmutableSortedDictionary.Create<string, PointValue>(StringComparer.Ordinal)
            .Add("actor", PointValue.FromText(Word(origin)))
            .Add("setting", PointValue.FromText("desired properties"))
            .Add("version", PointValue.FromInt64(version))
            .Add("outcome", PointValue.FromText(outcome));

    private void Raise(
        EventKind kind, string type, EventSeverity severity, string title, ImmutableSortedDictionary<string, PointValue> details) =>
        events.Raise(new SecurityEvent
        {
            EventId = SessionId.New(time, RandomNumberGenerator.Fill),
            Kind = kind,
            TimeGenerated = time.GetUtcNow(),
            ModuleId = identity.ModuleId,
            EventType = type,
            Severity = severity,
            Title = title,
            Details = details,
        });
}
