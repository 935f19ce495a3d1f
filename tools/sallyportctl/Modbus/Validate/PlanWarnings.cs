using System.Collections.Immutable;
using System.Globalization;
using Sallyport.Ctl.Documents;
using Sallyport.ModbusMaster.Configuration;

namespace Sallyport.Ctl.Modbus.Validate;

/// <summary>What is no fault, and yet probably not meant.</summary>
internal static class PlanWarnings
{
    /// <summary>Controllers answer in 5 to 50 ms; what asks for less than this from one line cannot be kept for long.</summary>
    private static readonly TimeSpan UsualAnswer = TimeSpan.FromMilliseconds(20);

    /// <summary>Everything that is worth a look.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="desired">The document that it was read from.</param>
    public static ImmutableArray<LocatedWarning> Of(DevicePlan plan, DocumentNode desired) =>
    [
        .. TooFast(plan),
        .. TooFastTogether(plan),
        .. plan.Units.SelectMany(PointWarnings.Of),
        .. Unused(plan, desired),
    ];

    private static IEnumerable<LocatedWarning> TooFast(DevicePlan plan) =>
        from poll in PollSummary.Of(plan)
        where poll.Slowest > poll.Poll.Interval
        select new LocatedWarning(
            $"/groups/{poll.Poll.Group}/intervalMs",
            $"{poll.Unit.Name} is polled every {Milliseconds(poll.Poll.Interval)}, and its {Requests(poll.Requests)} may take {Milliseconds(poll.Slowest)} "
            + $"at a timeout of {Milliseconds(poll.Unit.Connection.Timeout)}: when the device is slow, polls are left out and counted.");

    private static IEnumerable<LocatedWarning> TooFastTogether(DevicePlan plan) =>
        from connection in ConnectionSummary.Of(plan)
        let within = connection.AnswerWithin ?? TimeSpan.MaxValue
        where within < UsualAnswer
        select new LocatedWarning(
            $"/connections/{connection.Connection.Name}",
            string.Create(
                CultureInfo.InvariantCulture,
                $"All units behind it need {connection.RequestsPerSecond:0.#} requests a second over one connection: every answer must come within ")
            + $"{Milliseconds(within)}. Few devices can; poll less often, or put addresses closer together.");

    private static IEnumerable<LocatedWarning> Unused(DevicePlan plan, DocumentNode desired)
    {
        foreach (UnitPlan unit in plan.Units.Where(unit => unit.Polls.IsEmpty))
        {
            yield return new LocatedWarning($"/units/{unit.Name}", "The unit has no points: nothing of it is read.");
        }

        var connections = plan.Units.Select(unit => unit.Connection.Name).ToHashSet(StringComparer.Ordinal);
        foreach (string name in Names(desired, "connections").Where(name => !connections.Contains(name)))
        {
            yield return new LocatedWarning($"/connections/{name}", "No unit uses the connection.");
        }

        var groups = plan.Units.SelectMany(unit => unit.Polls).Select(poll => poll.Group).ToHashSet(StringComparer.Ordinal);
        foreach (string name in Names(desired, "groups").Where(name => !groups.Contains(name)))
        {
            yield return new LocatedWarning($"/groups/{name}", "No point is in the group.");
        }
    }

    private static IEnumerable<string> Names(DocumentNode desired, string section) => desired[section]?.Members.Keys ?? [];

    private static string Requests(int count) => count == 1 ? "request" : string.Create(CultureInfo.InvariantCulture, $"{count} requests");

    private static string Milliseconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.#} ms");
}
