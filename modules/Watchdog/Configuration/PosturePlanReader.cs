using System.Collections.Immutable;
using Sallyport.Hosting.Configuration;
using Sallyport.Posture;

namespace Sallyport.Watchdog.Configuration;

/// <summary>Reads the section <c>posture</c> of the desired properties.</summary>
internal static class PosturePlanReader
{
    private const int LongestPath = 1024;
    private const int LongestReason = 256;
    private const int LongestInterface = 15;
    private const int LongestPort = 9;
    private const int MostPorts = 64;
    private const int MostInterfaces = 8;

    public static PosturePlan Read(DesiredReader section)
    {
        if (!section.Exists)
        {
            return PosturePlan.Default;
        }

        _ = section.IsObjectOf(
            "report", "maxAgeHours", "allowedPorts", "fieldInterfaces", "maxTokenMinutes", "maxHostKeyDays", "minFreePercent", "maxWearPercent", "notApplicable");
        PosturePlan plan = PosturePlan.Default;
        _ = section["maxAgeHours"].TryInteger(1, 168, (int)plan.MaxAge.TotalHours, out int hours);
        return plan with { ReportFile = ReadPath(section["report"]) ?? plan.ReportFile, MaxAge = TimeSpan.FromHours(hours), Policy = ReadPolicy(section) };
    }

    private static PosturePolicy ReadPolicy(DesiredReader section)
    {
        PosturePolicy policy = PosturePolicy.Default;
        _ = section["maxTokenMinutes"].TryInteger(1, 1440, (int)policy.LongestTokenLife.TotalMinutes, out int tokenMinutes);
        _ = section["maxHostKeyDays"].TryInteger(30, 7300, (int)policy.LongestHostKeyLife.TotalDays, out int keyDays);
        _ = section["minFreePercent"].TryInteger(1, 50, policy.LeastFreePercent, out int free);
        _ = section["maxWearPercent"].TryInteger(10, 100, policy.MostWearPercent, out int wear);
        return policy with
        {
            AllowedPorts = ReadPorts(section["allowedPorts"]) ?? policy.AllowedPorts,
            FieldInterfaces = ReadInterfaces(section["fieldInterfaces"]),
            NotApplicable = ReadNotApplicable(section["notApplicable"]),
            LongestTokenLife = TimeSpan.FromMinutes(tokenMinutes),
            LongestHostKeyLife = TimeSpan.FromDays(keyDays),
            LeastFreePercent = free,
            MostWearPercent = wear,
        };
    }

    private static string? ReadPath(DesiredReader entry)
    {
        if (!entry.Exists || !entry.TryText(LongestPath, out string? path))
        {
            return null;
        }

        if (!Path.IsPathFullyQualified(path))
        {
            entry.Refuse("This is no full path in the container, such as /var/lib/sallyport-posture/report.json.");
        }

        return path;
    }

    private static ImmutableSortedSet<string>? ReadPorts(DesiredReader section)
    {
        if (!section.Exists)
        {
            return null;
        }

        var ports = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach (DesiredReader entry in section.Items(MostPorts))
        {
            if (!entry.TryText(LongestPort, out string? port))
            {
                continue;
            }

            if (!PortName.IsValid(port))
            {
                entry.Refuse($"\"{port}\" is no port such as tcp/22 or udp/123.");
            }
            else if (!ports.Add(port))
            {
                entry.Refuse($"{port} stands here twice.");
            }
        }

        return ports.ToImmutable();
    }

    private static ImmutableArray<string> ReadInterfaces(DesiredReader section)
    {
        if (!section.Exists)
        {
            return [];
        }

        var names = ImmutableArray.CreateBuilder<string>();
        foreach (DesiredReader entry in section.Items(MostInterfaces))
        {
            if (entry.TryText(LongestInterface, out string? name))
            {
                names.Add(name);
            }
        }

        return names.ToImmutable();
    }

    private static ImmutableSortedDictionary<string, string> ReadNotApplicable(DesiredReader section)
    {
        var reasons = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (DesiredReader entry in section.Exists ? section.NamedEntries(PostureChecks.All.Length) : [])
        {
            if (!PostureChecks.All.Any(check => string.Equals(check.Id, entry.Name, StringComparison.Ordinal)))
            {
                entry.Refuse("There is no such check; docs/operations/posture.md has their names.");
            }
            else if (entry.TryText(LongestReason, out string? reason))
            {
                reasons.Add(entry.Name, reason);
            }
        }

        return reasons.ToImmutable();
    }
}
