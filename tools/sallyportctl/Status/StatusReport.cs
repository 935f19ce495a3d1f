using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Sallyport.Ctl.Terminal;
using Spectre.Console;

namespace Sallyport.Ctl.Status;

/// <summary>What a Watchdog sees.</summary>
internal sealed class StatusReport(JsonElement root) : IStatusReport
{
    private const int ShownEvents = 10;

    /// <inheritdoc/>
    public ExitCode ExitCode => StatusText.Of(root, "verdict") is "well" ? ExitCode.Good : ExitCode.Problems;

    /// <inheritdoc/>
    public string Headline => $"{StatusText.Of(root, "gateway")}: {Verdict()}";

    /// <inheritdoc/>
    public ImmutableArray<ReportTable> Tables =>
    [
        .. Table("Alarms", "alarms", ["Severity", "Since", "What", "What to do", "Acknowledged"], "severity", "since", "title", "remedy", "acknowledgedAt"),
        .. Table("From controller to cloud", "chain", ["Stage", "State", "What"], "stage", "state", "words"),
        new ReportTable("Gateway", ["What", "Value"], [.. Facts()]),
        .. Table("Devices", "devices", ["Device", "State", "Since", "Reader", "Why"], "source", "state", "since", "reader", "reason"),
        .. Table("Modules", "modules", ["Module", "State", "Since", ">Starts", "Why"], "name", "condition", "since", "starts", "reason"),
        .. Table("Certificates and tokens", "credentials", ["Kind", "Name", "Ends", ">Days left"], "kind", "name", "ends", "daysLeft"),
        .. Table("Last events", "events", ["At", "Module", "Severity", "What"], "at", "module", "severity", "title"),
    ];

    /// <inheritdoc/>
    public void Show(Screen screen)
    {
        screen.Headline(Headline, ExitCode is ExitCode.Good ? Color.Green : Color.Red);
        foreach (ReportTable table in Tables)
        {
            screen.Table(table);
        }
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter json)
    {
        foreach (JsonProperty member in root.EnumerateObject())
        {
            member.WriteTo(json);
        }
    }

    private string Verdict() => StatusText.Of(root, "verdict") switch
    {
        "well" => "all is well.",
        "alarms" when StatusText.ListOf(root, "alarms").ToArray() is { Length: var count and > 1 } alarms =>
            string.Create(CultureInfo.InvariantCulture, $"{count} alarms, the worst is {StatusText.Of(alarms[0], "severity")}."),
        "alarms" => $"1 alarm, {StatusText.Of(StatusText.ListOf(root, "alarms").FirstOrDefault(), "severity")}.",
        "stale" => $"the Watchdog has not looked since {StatusText.Of(root, "at")}.",
        _ => "the Watchdog does not know yet.",
    };

    private IEnumerable<ReportTable> Table(string title, string list, ImmutableArray<string> columns, params string[] members)
    {
        ImmutableArray<ImmutableArray<string>> rows =
            [.. StatusText.ListOf(root, list).Take(list is "events" ? ShownEvents : int.MaxValue).Select(ImmutableArray<string> (one) => [.. members.Select(member => StatusText.Of(one, member))])];
        return rows.IsEmpty ? [] : [new ReportTable(title, columns, rows)];
    }

    private IEnumerable<ImmutableArray<string>> Facts()
    {
        if (root.TryGetProperty("delivery", out JsonElement delivery))
        {
            yield return ["delivery", $"{StatusText.Of(delivery, "state")} since {StatusText.Of(delivery, "since")}"];
            yield return ["last proof of delivery", StatusText.Of(delivery, "lastDelivered") is { Length: > 0 } last ? last : "none yet"];
        }

        if (root.TryGetProperty("buffer", out JsonElement buffer) && buffer.TryGetProperty("usedShare", out JsonElement share) && share.TryGetDouble(out double used))
        {
            yield return ["buffer", string.Create(CultureInfo.InvariantCulture, $"{used * 100:0.0} % used, {StatusText.Of(buffer, "waitingRecords")} records wait, {StatusText.Of(buffer, "lostRecords")} lost")];
            yield return ["time to full", buffer.TryGetProperty("secondsToFull", out JsonElement left) && left.TryGetDouble(out double seconds) ? string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:0.0} h at the present rate") : "it does not grow"];
        }

        if (root.TryGetProperty("posture", out JsonElement posture))
        {
            yield return ["posture", $"{StatusText.Of(posture, "score")} of 100: {StatusText.Of(posture, "passed")} passed, {StatusText.Of(posture, "failed")} failed, {StatusText.Of(posture, "unknown")} cannot tell"];
        }

        yield return ["looked at", StatusText.Of(root, "at") is { Length: > 0 } at ? at : "not yet"];
    }
}
