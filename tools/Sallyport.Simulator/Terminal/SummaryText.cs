using System.Globalization;

namespace Sallyport.Simulator.Terminal;

/// <summary>Puts the difference of two snapshots into words.</summary>
internal static class SummaryText
{
    /// <summary>One line, for output that is kept.</summary>
    public static string Line(Snapshot before, Snapshot now) => string.Join(
        " · ",
        [
            string.Create(CultureInfo.InvariantCulture, $"{now.Elapsed.TotalSeconds,5:0} s"),
            Text($"plant {Rate(before, now, snapshot => snapshot.Requests)} requests/s, {now.ValuesServed} unique values"),
            .. Routes(before, now),
            Text($"cloud {now.CloudMessages} messages"),
            Text($"uplink {now.Uplink}"),
            Text($"waiting {now.Waiting}"),
        ]);

    /// <summary>A block, for a terminal that is redrawn.</summary>
    public static IReadOnlyList<string> Block(Snapshot before, Snapshot now) =>
    [
        Text($"── {now.Elapsed:hh\\:mm\\:ss} ── {string.Join(", ", now.Modules)} ──"),
        Text($"  plant    {Rate(before, now, snapshot => snapshot.Requests),8} requests/s   {now.ValuesServed} unique values given out"),
        .. Routes(before, now).Select(route => $"  edgeHub  {route}"),
        Text($"  cloud    {Rate(before, now, snapshot => snapshot.CloudMessages),8} messages/s   {now.CloudMessages} arrived"),
        Text($"  uplink   {now.Uplink}, {now.Waiting} messages wait in edgeHub"),
    ];

    private static IEnumerable<string> Routes(Snapshot before, Snapshot now) => now.Routes.Select(route =>
    {
        var earlier = before.Routes.FirstOrDefault(other => string.Equals(other.Route, route.Route, StringComparison.Ordinal)).Messages;
        return Text($"{route.Route} {PerSecond(route.Messages - earlier, before, now)}/s");
    });

    private static string Rate(Snapshot before, Snapshot now, Func<Snapshot, long> count) => PerSecond(count(now) - count(before), before, now);

    private static string PerSecond(long count, Snapshot before, Snapshot now)
    {
        var seconds = (now.Elapsed - before.Elapsed).TotalSeconds;
        return seconds > 0 ? (count / seconds).ToString("0.0", CultureInfo.InvariantCulture) : "0.0";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
