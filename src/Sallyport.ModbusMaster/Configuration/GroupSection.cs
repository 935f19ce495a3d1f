using Sallyport.Hosting.Configuration;

namespace Sallyport.ModbusMaster.Configuration;

/// <summary>Reads <c>/groups</c>: name → intervalMs.</summary>
internal static class GroupSection
{
    public const string Key = "groups";

    private const int MaxGroups = 64;
    private const int MinIntervalMs = 50;
    private const int MaxIntervalMs = 3_600_000;

    /// <summary>Every name that is there, with its interval, or with null if that was refused.</summary>
    public static Dictionary<string, TimeSpan?> Read(DesiredReader section)
    {
        var groups = new Dictionary<string, TimeSpan?>(StringComparer.Ordinal);
        foreach (DesiredReader entry in section.NamedEntries(MaxGroups))
        {
            TimeSpan? interval = entry.IsObjectOf("intervalMs") && entry["intervalMs"].TryInteger(MinIntervalMs, MaxIntervalMs, out int intervalMs)
                ? TimeSpan.FromMilliseconds(intervalMs)
                : null;
            groups.Add(entry.Name, interval);
        }

        return groups;
    }
}
