using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Sallyport.Ctl.Terminal;
using Sallyport.Hosting;
using Spectre.Console;

namespace Sallyport.Ctl.Modbus.Validate;

/// <summary>The verdict on a file, and what its plan would cost.</summary>
internal sealed class ValidationReport(PlanFile file, PlanVerdict verdict) : IReport
{
    private readonly ImmutableArray<PollSummary> _polls = verdict.Plan is { } plan ? PollSummary.Of(plan) : [];
    private readonly ImmutableArray<ConnectionSummary> _connections = verdict.Plan is { } plan ? ConnectionSummary.Of(plan) : [];
    private readonly ImmutableArray<LocatedWarning> _warnings =
        verdict.Plan is { } plan ? [.. PlanWarnings.Of(plan, file.Tree.Nearest(file.Section)).Select(warning => Located(warning, verdict.Folder))] : [];

    /// <inheritdoc/>
    public ExitCode ExitCode => verdict.Plan is null ? ExitCode.Problems : ExitCode.Good;

    /// <inheritdoc/>
    public void Show(Screen screen)
    {
        if (verdict.Plan is null)
        {
            screen.Headline($"{file.Path}: the module would refuse this and go on with what it has.", Color.Red);
            foreach (LocatedFault fault in verdict.Faults)
            {
                screen.Line($"{file.Path}:{fault.Place}: {NameOf(fault.Pointer)}: {fault.Reason}");
            }

            return;
        }

        screen.Headline($"{file.Path}: the module would accept this.", Color.Green);
        screen.Table(new ReportTable("Polls", ["Unit", ">Id", "Group", ">Every ms", ">Points", ">Requests", ">Registers", ">Bits", ">Largest request", ">Frame bytes"], [.. _polls.Select(Row)]));
        screen.Table(new ReportTable(
            "Connections", ["Connection", "Endpoint", ">Units", ">Requests/s", ">Answer within ms"], [.. _connections.Select(Row)]));
        foreach (LocatedWarning warning in _warnings)
        {
            screen.Line($"{file.Path}:{file.PlaceOf(warning.Pointer)}: warning: {NameOf(warning.Pointer)}: {warning.Reason}");
        }
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteString("file", file.Path);
        json.WriteString("module", file.Module);
        json.WriteBoolean("valid", verdict.Plan is not null);
        json.WriteStartArray("faults");
        foreach (LocatedFault fault in verdict.Faults)
        {
            WritePlace(json, fault.Pointer, fault.Reason);
        }

        json.WriteEndArray();
        json.WriteStartArray("warnings");
        foreach (LocatedWarning warning in _warnings)
        {
            WritePlace(json, warning.Pointer, warning.Reason);
        }

        json.WriteEndArray();
        ValidationJson.WritePolls(json, _polls);
        ValidationJson.WriteConnections(json, _connections);
    }

    // A point that comes from the points file has no place in the plan.
    private static LocatedWarning Located(LocatedWarning warning, PlanFolder folder) =>
        folder.TryLocate(warning.Pointer, warning.Reason, out PlanFault? located) ? new LocatedWarning(located.Pointer, located.Reason) : warning;

    private static ImmutableArray<string> Row(PollSummary poll) =>
    [
        poll.Unit.Name, Number(poll.Unit.UnitId), poll.Poll.Group, Number(poll.Poll.Interval.TotalMilliseconds), Number(poll.Poll.Points.Length),
        Number(poll.Requests), Number(poll.Registers), Number(poll.Bits), Number(poll.LargestRequest),
        poll.FramesAsText,
    ];

    private static ImmutableArray<string> Row(ConnectionSummary connection) =>
    [
        connection.Connection.Name, connection.Connection.Endpoint.ToString(), Number(connection.Units), Number(Math.Round(connection.RequestsPerSecond, 2)),
        connection.AnswerWithin is { } within ? Number(Math.Round(within.TotalMilliseconds, 1)) : "",
    ];

    private static string Number(double number) => number.ToString(CultureInfo.InvariantCulture);

    private static string NameOf(string pointer) => pointer.Length == 0 ? "the document" : pointer;

    private void WritePlace(Utf8JsonWriter json, string pointer, string reason)
    {
        json.WriteStartObject();
        json.WriteString("pointer", pointer);
        json.WriteNumber("line", file.PlaceOf(pointer).Line);
        json.WriteNumber("column", file.PlaceOf(pointer).Column);
        json.WriteString("reason", reason);
        json.WriteEndObject();
    }
}
