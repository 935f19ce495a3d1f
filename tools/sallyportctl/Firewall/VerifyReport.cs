using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Sallyport.Ctl.Firewall.Planning;
using Sallyport.Ctl.Firewall.Verification;
using Sallyport.Ctl.Terminal;
using Spectre.Console;

namespace Sallyport.Ctl.Firewall;

/// <summary>Whether the plan is in force, what passed and what was refused.</summary>
internal sealed class VerifyReport(FlowPlan plan, FlowBox box, TableVerdict verdict) : IReport
{
    /// <inheritdoc/>
    public ExitCode ExitCode => verdict.IsSame ? ExitCode.Good : ExitCode.Problems;

    private IEnumerable<DeniedFlow> Denied =>
        verdict.Counts.Denied.OrderBy(flow => flow.Source, StringComparer.Ordinal).ThenBy(flow => flow.Destination, StringComparer.Ordinal).ThenBy(flow => flow.Port);

    private string Sentence => verdict.Word switch
    {
        "same" => $"{verdict.Table}: same. The plan is loaded, word for word.",
        "drifted" => $"{verdict.Table}: drifted. {verdict.Drifts.Length} differences; load the file again, and find out who changed it.",
        _ => $"{verdict.Table}: missing. Nothing of the plan is in force: load the file, and enable sallyport-firewall.service.",
    };

    /// <inheritdoc/>
    public void Show(Screen screen)
    {
        screen.Headline(Sentence, verdict.IsSame ? Color.Green : Color.Red);
        if (!verdict.Drifts.IsEmpty)
        {
            screen.Table(new ReportTable("Differences", ["What", "Where", "Rule"], [.. verdict.Drifts.Select(drift => ImmutableArray.Create(drift.Kind.ToString().ToLowerInvariant(), drift.Block, drift.Line))]));
        }

        if (verdict.IsLoaded)
        {
            screen.Table(new ReportTable("Counters", ["Counter", ">Packets", ">Bytes"], [.. verdict.Counts.Counters.Select(Row)]));
        }

        if (!verdict.Counts.Denied.IsEmpty)
        {
            screen.Table(new ReportTable("Refused within the hour", ["From", "To", "Service"], [.. Denied.Select(flow => ImmutableArray.Create(flow.Source, flow.Destination, flow.Service))]));
        }

        foreach (string table in verdict.TablesBefore)
        {
            screen.Note($"Note: packets meet table {table} before these rules, and can leave by it.");
        }
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteString("table", verdict.Table);
        json.WriteString("verdict", verdict.Word);
        json.WriteBoolean("locked", plan.IsLocked);
        json.WriteNumber("plannedFlows", plan.Flows.Count(flow => flow.Box == box));
        json.WriteStartArray("differences");
        foreach (Drift drift in verdict.Drifts)
        {
            json.WriteStartObject();
            json.WriteString("kind", drift.Kind.ToString().ToLowerInvariant());
            json.WriteString("where", drift.Block);
            json.WriteString("rule", drift.Line);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("counters");
        foreach (var (name, count) in verdict.Counts.Counters)
        {
            json.WriteStartObject(name);
            json.WriteNumber("packets", count.Packets);
            json.WriteNumber("bytes", count.Bytes);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartArray("denied");
        foreach (DeniedFlow flow in Denied)
        {
            json.WriteStartObject();
            json.WriteString("source", flow.Source);
            json.WriteString("destination", flow.Destination);
            json.WriteString("protocol", flow.Protocol);
            json.WriteNumber("port", flow.Port);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("otherTables");
        foreach (string table in verdict.OtherTables)
        {
            json.WriteStringValue(table);
        }

        json.WriteEndArray();
    }

    private static ImmutableArray<string> Row(KeyValuePair<string, (long Packets, long Bytes)> counter) =>
        [counter.Key, counter.Value.Packets.ToString(CultureInfo.InvariantCulture), counter.Value.Bytes.ToString(CultureInfo.InvariantCulture)];
}
