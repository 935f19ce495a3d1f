using System.Collections.Immutable;
using Sallyport.Hosting.Events;
using Sallyport.Telemetry;

namespace Sallyport.ModbusReader.Methods;

/// <summary>Leaves a trace of points files that were brought in, or that somebody tried to.</summary>
internal sealed class ImportAudit(ModuleEvents events)
{
    /// <summary>The file is stored.</summary>
    public void Stored(ImportRequest request) =>
        Raise(EventSeverity.Informational, $"Points file {request.Name} is stored.", Details(request, "stored"));

    /// <summary>The file was announced as another one, or there was no room for it.</summary>
    public void Refused(ImportRequest request, string reason) => Raise(
        EventSeverity.Medium, $"Points file {request.Name} was refused.", Details(request, "refused").Add("reason", PointValue.FromText(reason)));

    private static ImmutableSortedDictionary<string, PointValue> Details(ImportRequest request, string outcome) =>
        ModuleEvents.None
            .Add("actor", PointValue.FromText("direct method"))
            .Add("setting", PointValue.FromText(request.Name))
            .Add("sha256", PointValue.FromText(request.Sha256))
            .Add("outcome", PointValue.FromText(outcome));

    private void Raise(EventSeverity severity, string title, ImmutableSortedDictionary<string, PointValue> details) =>
        events.Audit("PointsFileImport", severity, title, details);
}
