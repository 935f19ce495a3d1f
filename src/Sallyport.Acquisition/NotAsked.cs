using Sallyport.Telemetry;

namespace Sallyport.Acquisition;

/// <summary>The points of a poll that was left out because the device is known not to answer: bad, with what is known from before.</summary>
/// <param name="reason">Why the device is not asked, in a few words.</param>
public sealed class NotAsked(string reason)
{
    private readonly string _words = $"not asked: {reason}";

    /// <summary>Makes a point.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="last">Its last good value; null if there was none.</param>
    /// <param name="lastAt">When the reply was complete that it came in.</param>
    public Point Of(string name, PointValue? last, DateTimeOffset? lastAt) => Point.Bad(name, StatusCode.BadNoCommunication, _words, last, lastAt);
}
