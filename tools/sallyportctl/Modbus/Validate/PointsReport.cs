using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Sallyport.Ctl.Terminal;
using Sallyport.ModbusMaster.Tables;
using Spectre.Console;

namespace Sallyport.Ctl.Modbus.Validate;

/// <summary>The verdict on a file of points, and what a poll of them would cost.</summary>
internal sealed class PointsReport(PointsFile file, PointsVerdict verdict) : IReport
{
    private readonly ImmutableArray<PollSummary> _polls = verdict.Plan is { } plan ? PollSummary.Of(plan) : [];

    /// <inheritdoc/>
    public ExitCode ExitCode => verdict.Plan is null ? ExitCode.Problems : ExitCode.Good;

    /// <inheritdoc/>
    public void Show(Screen screen)
    {
        if (verdict.Plan is null)
        {
            screen.Headline($"{file.Path}: the module would refuse this and go on with what it has.", Color.Red);
            Tell(screen, verdict.Faults, "");
            return;
        }

        screen.Headline($"{file.Path}: the module would accept the {verdict.Points!.Count} points of {verdict.Points.Devices.Count()} units.", Color.Green);
        screen.Table(new ReportTable("Polls", ["Unit", "Group", ">Points", ">Requests", ">Registers", ">Bits", ">Largest request", ">Frame bytes"], [.. _polls.Select(Row)]));
        Tell(screen, verdict.Warnings, "warning: ");
        screen.Line("Connections, units and groups are not in the file: validate the twin that names it too. Limits of units may make more requests of it.");
        foreach (string step in file.NextSteps())
        {
            screen.Line(step);
        }
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteString("file", file.Path);
        json.WriteBoolean("valid", verdict.Plan is not null);
        json.WriteNumber("points", verdict.Points?.Count ?? 0);
        PointsVerdict.Write(json, "faults", verdict.Faults);
        PointsVerdict.Write(json, "warnings", verdict.Warnings);
        ValidationJson.WritePolls(json, _polls, isAssumed: true);
        json.WritePropertyName("pointsFile");
        file.Reference().WriteTo(json);
    }

    private static ImmutableArray<string> Row(PollSummary poll) =>
    [
        poll.Unit.Name, poll.Poll.Group, Number(poll.Poll.Points.Length), Number(poll.Requests), Number(poll.Registers), Number(poll.Bits),
        Number(poll.LargestRequest), poll.FramesAsText,
    ];

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private void Tell(Screen screen, ImmutableArray<TableFault> faults, string kind)
    {
        foreach (TableFault fault in faults)
        {
            screen.Line(PointsVerdict.Line(file.Path, fault, kind));
        }
    }
}
