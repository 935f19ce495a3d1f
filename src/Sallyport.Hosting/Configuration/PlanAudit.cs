using System.Collections.Immutable;
using Sallyport.Hosting.Events;
using Sallyport.Telemetry;

namespace Sallyport.Hosting.Configuration;

/// <summary>Leaves a trace of who changed, or tried to change, the configuration.</summary>
internal sealed class PlanAudit(ModuleEvents events)
{
    /// <summary>A new configuration is in force.</summary>
    public void Accepted(PlanOrigin origin, long version, string hash) => events.Audit(
        "ConfigurationChange",
        EventSeverity.Informational,
        $"Configuration version {version} from the {Word(origin)} is in force.",
        Details(origin, version, "accepted").Add("cfg", PointValue.FromText(hash)));

    /// <summary>A configuration was refused, and the one before it stays in force.</summary>
    public void Refused(PlanOrigin origin, long version, ImmutableArray<PlanFault> faults) => events.Audit(
        "ConfigurationChange",
        EventSeverity.Medium,
        $"Configuration version {version} from the {Word(origin)} was refused.",
        Details(origin, version, "refused")
            .Add("faults", PointValue.FromInt64(faults.Length))
            .Add("pointer", PointValue.FromText(PlanReport.Cut(faults[0].Pointer)))
            .Add("reason", PointValue.FromText(PlanReport.Cut(faults[0].Reason))));

    /// <summary>What lies in the store was not stored by this module, or was damaged.</summary>
    public void StoreDistrusted(string reason) => events.Security(
        "StoredPlanRefused",
        EventSeverity.High,
        "The stored configuration is not to be trusted and is not used.",
        ModuleEvents.None.Add("reason", PointValue.FromText(reason)));

    private static string Word(PlanOrigin origin) => origin switch
    {
        PlanOrigin.Twin => "twin",
        PlanOrigin.Store => "store",
        _ => "file",
    };

    private static ImmutableSortedDictionary<string, PointValue> Details(PlanOrigin origin, long version, string outcome) =>
        ModuleEvents.None
            .Add("actor", PointValue.FromText(Word(origin)))
            .Add("setting", PointValue.FromText("desired properties"))
            .Add("version", PointValue.FromInt64(version))
            .Add("outcome", PointValue.FromText(outcome));
}
