using System.Collections.Frozen;
using Sallyport.Hosting.Configuration;

namespace Sallyport.Acquisition.Configuration;

/// <summary>The members of groups and points that say what is reported: report, deadband, heartbeatMs, keyFrameMs, minReportMs.</summary>
public static class ReportKeys
{
    private const int LongestMs = 86_400_000;
    private const int DefaultKeyFrameMs = 60_000;

    private static readonly string[] OnChangeOnly = ["deadband", "heartbeatMs", "keyFrameMs", "minReportMs"];

    private static readonly FrozenDictionary<string, bool> Reports = new Dictionary<string, bool>(StringComparer.Ordinal)
    {
        ["poll"] = false,
        ["change"] = true,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Names of the members of a group.</summary>
    public static IReadOnlyList<string> OfGroup { get; } = ["report", .. OnChangeOnly];

    /// <summary>Names of the members of a point.</summary>
    public static IReadOnlyList<string> OfPoint { get; } = ["deadband"];

    /// <summary>Reads the settings of a group, or refuses them.</summary>
    /// <param name="entry">The group.</param>
    /// <param name="intervalMs">Its interval, in milliseconds.</param>
    /// <returns>Null if they were refused.</returns>
    public static GroupSettings? ReadGroup(DesiredReader entry, int intervalMs)
    {
        TimeSpan interval = TimeSpan.FromMilliseconds(intervalMs);
        if (!entry["report"].TryChoice(Reports, absent: false, out bool isOnChange))
        {
            return null;
        }

        if (!isOnChange)
        {
            return AreAbsent(entry) ? new GroupSettings(interval, ReportPlan.EveryPoll, default) : null;
        }

        Deadband deadband = default;
        bool isGood = TryDeadband(entry["deadband"], ref deadband)
            & TrySpan(entry["minReportMs"], intervalMs, absent: null, out TimeSpan? minReport);
        int leastMs = (int)(minReport ?? interval).TotalMilliseconds;
        isGood &= TrySpan(entry["heartbeatMs"], leastMs, absent: null, out TimeSpan? heartbeat)
            & TrySpan(entry["keyFrameMs"], leastMs, Math.Max(DefaultKeyFrameMs, leastMs), out TimeSpan? keyFrame);
        return isGood
            ? new GroupSettings(
                interval,
                new ReportPlan { IsOnChange = true, Heartbeat = heartbeat, KeyFrame = keyFrame, MinReport = minReport },
                deadband)
            : null;
    }

    /// <summary>Reads the deadband of a point: its own or that of its group, if that was not refused.</summary>
    /// <param name="entry">The point.</param>
    /// <param name="group">What its group says; null if that was refused.</param>
    public static Deadband ReadPoint(DesiredReader entry, GroupSettings? group)
    {
        Deadband deadband = group?.Deadband ?? default;
        if (entry["deadband"].Exists && group?.Report.IsOnChange is false)
        {
            entry["deadband"].Refuse("Only points of groups with report \"change\" have a deadband; the group of this one reports every poll.");
        }
        else
        {
            TryDeadband(entry["deadband"], ref deadband);
        }

        return deadband;
    }

    private static bool AreAbsent(DesiredReader entry)
    {
        bool areAbsent = true;
        foreach (string key in OnChangeOnly)
        {
            if (entry[key].Exists)
            {
                entry[key].Refuse("Only groups with report \"change\" have this key.");
                areAbsent = false;
            }
        }

        return areAbsent;
    }

    private static bool TryDeadband(DesiredReader entry, ref Deadband deadband)
    {
        (double amount, bool isPercent) = deadband;
        bool isGood = entry.TryAmount(ref amount, ref isPercent);
        deadband = new Deadband(amount, isPercent);
        return isGood;
    }

    // Less than an interval, or than the time for which changes are held back, could not be kept.
    private static bool TrySpan(DesiredReader entry, int leastMs, int? absent, out TimeSpan? span)
    {
        span = absent is { } ms ? TimeSpan.FromMilliseconds(ms) : null;
        if (!entry.Exists)
        {
            return true;
        }

        bool isGood = entry.TryInteger(leastMs, LongestMs, out int milliseconds);
        span = TimeSpan.FromMilliseconds(milliseconds);
        return isGood;
    }
}
