using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Sallyport.Hosting.Configuration;

namespace Sallyport.Watchdog.Configuration;

/// <summary>Reads the section <c>delivery</c> of the desired properties.</summary>
internal static class DeliveryPlanReader
{
    private const string None = "none";
    private const int MostModules = 32;
    private const int MostFiles = 32;
    private const int LongestText = 1024;
    private const int ShortestMs = 500;
    private const int DayMs = 24 * 60 * 60 * 1000;
    private const int SmallestMemoryInBytes = 1024 * 1024;
    private const int MostTimes = 1_000_000;

    public static DeliveryPlan Read(DesiredReader section)
    {
        DeliveryPlan absent = DeliveryPlan.Default;
        if (!section.Exists || !section.IsObjectOf(
            "modules", "edgeHub", "edgeAgent", "intervalMs", "stalledAfterMs", "offlineAfterMs", "missingAfterMs", "unwellAfterMs", "startingAfterMs", "silentAfterMs",
            "deviceOfflineAfterMs", "clearAfterMs", "memoryLimitBytes", "flapping", "refusals", "overruns", "fullPercent", "watchedFiles"))
        {
            return absent;
        }

        _ = section["memoryLimitBytes"].TryInteger(SmallestMemoryInBytes, int.MaxValue, (int)absent.MemoryLimitInBytes, out var memory);
        _ = section["fullPercent"].TryInteger(1, 100, (int)Math.Round(absent.FullShare * 100), out var full);
        return absent with
        {
            Modules = section["modules"].Exists ? ReadModules(section["modules"]) : absent.Modules,
            EdgeHub = TryAddress(section["edgeHub"], out Uri? edgeHub) ? edgeHub : absent.EdgeHub,
            EdgeAgent = ReadEdgeAgent(section["edgeAgent"], absent.EdgeAgent),
            Interval = ReadTime(section["intervalMs"], absent.Interval),
            StalledAfter = ReadTime(section["stalledAfterMs"], absent.StalledAfter),
            OfflineAfter = ReadTime(section["offlineAfterMs"], absent.OfflineAfter),
            MissingAfter = ReadTime(section["missingAfterMs"], absent.MissingAfter),
            UnwellAfter = ReadTime(section["unwellAfterMs"], absent.UnwellAfter),
            StartingAfter = ReadTime(section["startingAfterMs"], absent.StartingAfter),
            SilentAfter = ReadTime(section["silentAfterMs"], absent.SilentAfter),
            DeviceOfflineAfter = ReadTime(section["deviceOfflineAfterMs"], absent.DeviceOfflineAfter),
            ClearAfter = ReadTime(section["clearAfterMs"], absent.ClearAfter),
            MemoryLimitInBytes = memory,
            Flapping = ReadCount(section["flapping"], absent.Flapping),
            Refusals = ReadCount(section["refusals"], absent.Refusals),
            Overruns = ReadCount(section["overruns"], absent.Overruns),
            FullShare = full / 100.0,
            Files = section["watchedFiles"].Exists ? ReadFiles(section["watchedFiles"]) : absent.Files,
        };
    }

    private static ImmutableArray<WatchedModule> ReadModules(DesiredReader section)
    {
        ImmutableArray<WatchedModule>.Builder modules = ImmutableArray.CreateBuilder<WatchedModule>();
        foreach (DesiredReader entry in section.NamedEntries(MostModules))
        {
            if (entry.IsObjectOf("address", "memoryLimitBytes"))
            {
                var module = WatchedModule.Of(entry.Name);
                int? memory = entry["memoryLimitBytes"].Exists && entry["memoryLimitBytes"].TryInteger(SmallestMemoryInBytes, int.MaxValue, out var limit) ? limit : null;
                modules.Add(module with { Address = TryAddress(entry["address"], out Uri? address) ? address : module.Address, MemoryLimitInBytes = memory });
            }
        }

        return modules.ToImmutable();
    }

    private static ImmutableArray<WatchedFile> ReadFiles(DesiredReader section)
    {
        ImmutableArray<WatchedFile>.Builder files = ImmutableArray.CreateBuilder<WatchedFile>();
        foreach (DesiredReader entry in section.NamedEntries(MostFiles))
        {
            if (!entry.TryText(LongestText, out var path))
            {
                continue;
            }

            if (!Path.IsPathFullyQualified(path))
            {
                entry.Refuse($"\"{path}\" is not a path that begins with a slash.");
                continue;
            }

            files.Add(new WatchedFile(entry.Name, path));
        }

        return files.ToImmutable();
    }

    private static Uri? ReadEdgeAgent(DesiredReader entry, Uri? absent)
    {
        if (!entry.Exists || !entry.TryText(LongestText, out var text))
        {
            return absent;
        }

        return text is None ? null : TryAddress(entry, text, out Uri? address) ? address : absent;
    }

    /// <returns>False if nothing stands here, or what stands here is refused.</returns>
    private static bool TryAddress(DesiredReader entry, [NotNullWhen(true)] out Uri? address)
    {
        address = null;
        return entry.Exists && entry.TryText(LongestText, out var text) && TryAddress(entry, text, out address);
    }

    private static bool TryAddress(DesiredReader entry, string text, [NotNullWhen(true)] out Uri? address)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out address) && string.Equals(address.Scheme, Uri.UriSchemeHttp, StringComparison.Ordinal) && address is { AbsolutePath: "/", Query: "", UserInfo: "" })
        {
            return true;
        }

        entry.Refuse($"\"{text}\" is not an address such as http://SecureBuffer:9600, without a path.");
        return false;
    }

    private static TimeSpan ReadTime(DesiredReader entry, TimeSpan absent)
    {
        _ = entry.TryInteger(ShortestMs, DayMs, (int)absent.TotalMilliseconds, out var milliseconds);
        return TimeSpan.FromMilliseconds(milliseconds);
    }

    private static CountWithin ReadCount(DesiredReader section, CountWithin absent)
    {
        if (!section.Exists || !section.IsObjectOf("count", "withinMs"))
        {
            return absent;
        }

        _ = section["count"].TryInteger(1, MostTimes, absent.Count, out var count);
        return new CountWithin(count, ReadTime(section["withinMs"], absent.Within));
    }
}
