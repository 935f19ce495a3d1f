using System.Text.RegularExpressions;
using Sallyport.TestKit;

namespace Sallyport.Infrastructure.Tests;

/// <summary>Names of the metrics that a gateway tells, and the words in their labels.</summary>
internal static partial class MetricVocabulary
{
    /// <summary>Of edgeHub and edgeAgent 1.6: doc/BuiltInMetrics.md of the runtime.</summary>
    public static readonly string[] Runtime =
    [
        "edgeAgent_available_disk_space_bytes", "edgeAgent_total_disk_space_bytes", "edgeAgent_total_time_expected_running_seconds", "edgeAgent_total_time_running_correctly_seconds",
        "edgehub_client_connect_failed_total", "edgehub_messages_dropped_total",
    ];

    /// <summary>What each page says of its module, and what edgeHub and edgeAgent say besides.</summary>
    public static readonly string[] CommonLabels =
        ["edge_device", "module_name", "instance_number", "from", "from_route_output", "id", "disk_name"];

    // These two are about a module that they name.
    private const string AboutModules = "edgeAgent_total_time_";

    /// <summary>All that modules and runtime tell.</summary>
    public static HashSet<string> All { get; } = [.. Exposed().Select(static one => one.Key), .. Runtime];

    /// <summary>The module that a metric comes from, empty for edgeHub and edgeAgent; not there for one that several modules tell.</summary>
    public static Dictionary<string, string> Modules { get; } = Exposed().Where(static one => Directory.Exists(RepositoryRoot.Combine("modules", one.Value)))
        .Concat(Runtime.Where(static name => !name.StartsWith(AboutModules, StringComparison.Ordinal)).Select(static name => KeyValuePair.Create(name, "")))
        .ToDictionary(StringComparer.Ordinal);

    /// <summary>Text of the sources that declare metrics.</summary>
    public static string MetricSources { get; } = string.Concat(Sources().Where(static file => file.EndsWith("Metrics.cs", StringComparison.Ordinal)).Select(File.ReadAllText));

    /// <summary>Every source of libraries and modules.</summary>
    public static IEnumerable<string> Sources() => ((string[])["src", "modules"])
        .SelectMany(static folder => Directory.EnumerateFiles(RepositoryRoot.Combine(folder), "*.cs", SearchOption.AllDirectories))
        .Where(static file => !file.Contains("/obj/", StringComparison.Ordinal));

    // As docs/operations/metrics.md says: dots become underscores, then unit and _total follow unless they are there.
    private static IEnumerable<KeyValuePair<string, string>> Exposed() => Row.Matches(File.ReadAllText(RepositoryRoot.Combine("docs", "operations", "metrics.md"))).Select(static row =>
    {
        var name = row.Groups["name"].Value.Replace('.', '_');
        var unit = row.Groups["unit"].Value switch { "s" => "_seconds", "By" => "_bytes", _ => "" };
        name = name.EndsWith(unit, StringComparison.Ordinal) ? name : name + unit;
        return KeyValuePair.Create(row.Groups["kind"].Value is "Counter" or "ObservableCounter" ? name + "_total" : name, row.Groups["from"].Value);
    });

    [GeneratedRegex(
        @"^\| `(?<name>[a-z0-9_.]+)` \| (?<kind>\w+) \| (?<unit>[^|]+) \| [^|]+ \| (?<from>[^|]+) \|$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row { get; }
}
