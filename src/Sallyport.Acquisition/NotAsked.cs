using System.Collections.Immutable;
using Sallyport.Telemetry;

namespace Sallyport.Acquisition;

/// <summary>The points of a poll that was left out because the device is known not to answer: bad, with what is known from before.</summary>
public static class NotAsked
{
    /// <summary>Makes the points.</summary>
    /// <param name="names">All points of the group.</param>
    /// <param name="last">The points of the poll before, in the same order; empty if there was none.</param>
    /// <param name="lastAt">The time of its frame.</param>
    /// <param name="reason">Why the device is not asked, in a few words.</param>
    public static ImmutableArray<Point> Of(ImmutableArray<string> names, ImmutableArray<Point> last, DateTimeOffset lastAt, string reason)
    {
        var points = ImmutableArray.CreateBuilder<Point>(names.Length);
        string words = $"not asked: {reason}";
        for (int i = 0; i < names.Length; i++)
        {
            Point? before = last.IsEmpty ? null : last[i];
            points.Add(Point.Bad(
                names[i],
                StatusCode.BadNoCommunication,
                words,
                before?.Value ?? before?.LastValue,
                before?.Value is null ? before?.LastAt : lastAt + before.Offset));
        }

        return points.MoveToImmutable();
    }
}
