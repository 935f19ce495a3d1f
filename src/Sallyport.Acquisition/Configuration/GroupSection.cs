using Sallyport.Hosting.Configuration;

namespace Sallyport.Acquisition.Configuration;

/// <summary>Reads <c>/groups</c>: name → intervalMs, and the members of <see cref="ReportKeys"/>.</summary>
public static class GroupSection
{
    /// <summary>Name of the member.</summary>
    public const string Key = "groups";

    private const int MaxGroups = 64;
    private const int MinIntervalMs = 50;
    private const int MaxIntervalMs = 3_600_000;

    private static readonly string[] Keys = ["intervalMs", .. ReportKeys.OfGroup];

    /// <summary>Every name that is there, with its settings, or with null if they were refused.</summary>
    public static IReadOnlyDictionary<string, GroupSettings?> Read(DesiredReader section)
    {
        var groups = new Dictionary<string, GroupSettings?>(StringComparer.Ordinal);
        foreach (DesiredReader entry in section.NamedEntries(MaxGroups))
        {
            groups.Add(entry.Name, ReadOne(entry));
        }

        return groups;
    }

    private static GroupSettings? ReadOne(DesiredReader entry) =>
        entry.IsObjectOf(Keys) && entry["intervalMs"].TryInteger(MinIntervalMs, MaxIntervalMs, out int intervalMs)
            ? ReportKeys.ReadGroup(entry, intervalMs)
            : null;
}
