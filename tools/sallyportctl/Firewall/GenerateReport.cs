using System.Text.Json;
using Sallyport.Ctl.Firewall.Planning;
using Sallyport.Ctl.Firewall.Site;
using Sallyport.Ctl.Terminal;

namespace Sallyport.Ctl.Firewall;

/// <summary>What was planned, as it stands in <c>plan.json</c>.</summary>
/// <param name="plan">The plan.</param>
/// <param name="isExplained">Whether people want to see each flow.</param>
internal sealed class GenerateReport(FlowPlan plan, bool isExplained) : IReport
{
    /// <inheritdoc/>
    public ExitCode ExitCode => ExitCode.Good;

    /// <inheritdoc/>
    public void Show(Screen screen)
    {
        int ofGateway = plan.Flows.Count(flow => flow.Box is FlowBox.Gateway);
        screen.Line(FormattableString.Invariant(
            $"{ofGateway} flows may pass at the gateway and {plan.Flows.Length - ofGateway} at the zone firewall; everything else is refused{(plan.IsLocked ? ", management endpoints too" : "")}."));
        if (isExplained)
        {
            foreach (FlowBox box in Enum.GetValues<FlowBox>())
            {
                screen.Table(new ReportTable(
                    box.ToString(),
                    ["Chain", "From", "To", "Addresses", "Service", "Purpose", "Because of"],
                    [.. plan.Flows.Where(flow => flow.Box == box).OrderBy(flow => flow.Direction).Select(Row)]));
            }
        }

        foreach (string note in plan.Notes)
        {
            screen.Note($"Note: {note}");
        }
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter json) => FlowPlanJson.Write(plan, json);

    private static System.Collections.Immutable.ImmutableArray<string> Row(Flow flow) =>
    [
        flow.Direction.ToString().ToLowerInvariant(),
        flow.From,
        flow.To,
        flow.Destinations.IsEmpty ? "" : string.Join(' ', flow.Destinations.Select(SiteValue.Text)),
        flow.Service,
        flow.Purpose,
        flow.DemandedBy,
    ];
}
