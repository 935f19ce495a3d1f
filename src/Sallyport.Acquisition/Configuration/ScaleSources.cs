using Sallyport.Hosting.Configuration;

namespace Sallyport.Acquisition.Configuration;

/// <summary>Whether the points that others take their scale from can be that.</summary>
public static class ScaleSources
{
    /// <summary>Refuses each <c>scaleFrom</c> that leads to no usable point.</summary>
    /// <param name="entries">All points of a device as they stand in the document.</param>
    /// <param name="points">Those that were not refused.</param>
    public static void Check(IReadOnlyList<DesiredReader> entries, IEnumerable<ScaleCandidate> points)
    {
        var found = points.ToDictionary(point => point.Name, StringComparer.Ordinal);
        var names = entries.Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal);
        foreach (DesiredReader entry in entries)
        {
            if (found.TryGetValue(entry.Name, out ScaleCandidate? point) && point.Transform.ScaleFrom is { } source)
            {
                if (Fault(point, source, found, names) is { } reason)
                {
                    entry["scaleFrom"].Refuse(reason);
                }
            }
        }
    }

    private static string? Fault(ScaleCandidate point, string source, Dictionary<string, ScaleCandidate> found, HashSet<string> names)
    {
        if (string.Equals(source, point.Name, StringComparison.Ordinal))
        {
            return "A point cannot be its own scale.";
        }

        if (!found.TryGetValue(source, out ScaleCandidate? scale))
        {
            // What stands there and was refused has been complained about already.
            return names.Contains(source) ? null : $"This device has no point \"{source}\".";
        }

        if (!string.Equals(scale.Group, point.Group, StringComparison.Ordinal))
        {
            return $"\"{source}\" is in the group {scale.Group}; a value and its scale must come from the same poll.";
        }

        return scale.IsInteger && scale.Transform.KeepsIntegers
            ? null
            : $"\"{source}\" is not a whole number as the device has it; a scale is a power of ten, such as -2.";
    }
}
