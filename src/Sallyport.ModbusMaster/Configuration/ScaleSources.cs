using Sallyport.Hosting.Configuration;

namespace Sallyport.ModbusMaster.Configuration;

/// <summary>Whether the points that others take their scale from can be that.</summary>
internal static class ScaleSources
{
    /// <summary>Refuses each <c>scaleFrom</c> that leads to no usable point.</summary>
    /// <param name="entries">All points of a unit as they stand in the document.</param>
    /// <param name="points">Those that were not refused.</param>
    public static void Check(IReadOnlyList<DesiredReader> entries, IEnumerable<(string Group, PointPlan Point)> points)
    {
        var found = points.ToDictionary(point => point.Point.Name, StringComparer.Ordinal);
        var names = entries.Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal);
        foreach (DesiredReader entry in entries)
        {
            if (found.TryGetValue(entry.Name, out (string Group, PointPlan Point) point) && point.Point.Transform.ScaleFrom is { } source)
            {
                if (Fault(point.Group, point.Point, source, found, names) is { } reason)
                {
                    entry["scaleFrom"].Refuse(reason);
                }
            }
        }
    }

    private static string? Fault(
        string group, PointPlan point, string source, Dictionary<string, (string Group, PointPlan Point)> found, HashSet<string> names)
    {
        if (string.Equals(source, point.Name, StringComparison.Ordinal))
        {
            return "A point cannot be its own scale.";
        }

        if (!found.TryGetValue(source, out (string Group, PointPlan Point) scale))
        {
            // What stands there and was refused has been complained about already.
            return names.Contains(source) ? null : $"This unit has no point \"{source}\".";
        }

        if (!string.Equals(scale.Group, group, StringComparison.Ordinal))
        {
            return $"\"{source}\" is in the group {scale.Group}; a value and its scale must come from the same poll.";
        }

        return scale.Point.Format.IsInteger && scale.Point.Transform.KeepsIntegers
            ? null
            : $"\"{source}\" is not a whole number as the device has it; a scale is a power of ten, such as -2.";
    }
}
