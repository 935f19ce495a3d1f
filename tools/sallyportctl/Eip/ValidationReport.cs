using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Sallyport.Ctl.Modbus;
using Sallyport.Ctl.Terminal;
using Sallyport.EtherNetIp.Identity;
using Sallyport.EtherNetIpOriginator.Configuration;
using Spectre.Console;

namespace Sallyport.Ctl.Eip;

/// <summary>The verdict on a file, and what its plan would read.</summary>
internal sealed class ValidationReport(PlanFile file, ControllerVerdict verdict) : IReport
{
    private readonly ImmutableArray<(SourcePlan Source, PollPlan Poll)> _polls = verdict.Plan is { } plan
        ? [.. from source in plan.Sources from poll in source.Polls select (source, poll)]
        : [];

    private readonly ImmutableArray<(string Pointer, string Reason)> _warnings = verdict.Plan is { } plan ? [.. plan.Sources.SelectMany(WarningsOf)] : [];

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
        screen.Table(new ReportTable("Polls", ["Controller", "Host", "Path", "Group", ">Every ms", ">Values", ">Without type"], [.. _polls.Select(Row)]));
        foreach ((string pointer, string reason) in _warnings)
        {
            screen.Line($"{file.Path}:{file.PlaceOf(pointer)}: warning: {pointer}: {reason}");
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
        foreach ((string pointer, string reason) in _warnings)
        {
            WritePlace(json, pointer, reason);
        }

        json.WriteEndArray();
        json.WriteStartArray("polls");
        foreach ((SourcePlan source, PollPlan poll) in _polls)
        {
            json.WriteStartObject();
            json.WriteString("controller", source.Name);
            json.WriteString("group", poll.Group);
            json.WriteNumber("intervalMs", poll.Interval.TotalMilliseconds);
            json.WriteNumber("values", poll.Tags.Length);
            json.WriteNumber("withoutType", WithoutType(poll));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static IEnumerable<(string Pointer, string Reason)> WarningsOf(SourcePlan source)
    {
        if (source.Polls.IsEmpty)
        {
            yield return ($"/controllers/{source.Name}", "The controller has no tags: nothing of it is read.");
        }

        if (source.Controller.Key == new ElectronicKey())
        {
            yield return ($"/controllers/{source.Name}/keying", "Whatever device answers there is read. \"eip identify\" prints what to write so that only the right one is.");
        }
    }

    private static int WithoutType(PollPlan poll) => poll.Tags.Count(tag => tag.Type is null);

    private static ImmutableArray<string> Row((SourcePlan Source, PollPlan Poll) one) =>
    [
        one.Source.Name, one.Source.Controller.Host, one.Source.Controller.Route.Text, one.Poll.Group, Number(one.Poll.Interval.TotalMilliseconds),
        Number(one.Poll.Tags.Length), Number(WithoutType(one.Poll)),
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
