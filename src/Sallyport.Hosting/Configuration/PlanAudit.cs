using System.Collections.Immutable;
using Sallyport.Hosting.Events;
using Sallyport.Telemetry;

namespace Sallyport.Hosting.Configuration;

/// <summary>Leaves a trace of who changed, or tried to change, the configuration.</summary>
internal sealed class PlanAudit(ModuleEvents events)
{
    /// <summary>A new configuration is in force.</summary>
    /// <param name="origin">Where it came from.</param>
    /// <param name="version">Of the twin.</param>
    /// <param name="before">Hash of what was in force before; null for nothing.</param>
    /// <param name="hash">Its own.</param>
    public void Accepted(PlanOrigin origin, long version, string? before, string hash) => events.Audit(
        "ConfigurationChange",
        EventSeverity.Informational,
        $"Configuration version {version} from the {Word(origin)} is in force.",
        Details(origin, version, "accepted", before).Add("cfg", PointValue.FromText(hash)));

    /// <summary>A configuration was refused, and the one before it stays in force.</summary>
    /// <param name="origin">Where it came from.</param>
    /// <param name="version">Of the twin.</param>
    /// <param name="before">Hash of what stays in force; null for nothing.</param>
    /// <param name="hash">That of what was refused; null if it is no document.</param>
    /// <param name="faults">Why.</param>
    public void Refused(PlanOrigin origin, long version, string? before, string? hash, ImmutableArray<PlanFault> faults) => events.Audit(
        "ConfigurationChange",
        EventSeverity.Medium,
        $"Configuration version {version} from the {Word(origin)} was refused.",
        Details(origin, version, "refused", before)
            .Add("refused", PointValue.FromText(hash ?? ""))
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

    private static ImmutableSortedDictionary<string, PointValue> Details(PlanOrigin origin, long version, string outcome, string? before) =>
        ModuleEvents.None
            .Add("actor", PointValue.FromText(Word(origin)))
            .Add("setting", PointValue.FromText("desired properties"))
            .Add("version", PointValue.FromInt64(version))
            .Add("outcome", PointValue.FromText(outcome))
            .Add("before", PointValue.FromText(before ?? ""));
}
