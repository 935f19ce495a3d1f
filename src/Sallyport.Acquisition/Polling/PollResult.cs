using System.Collections.Immutable;
using Sallyport.Telemetry;

namespace Sallyport.Acquisition.Polling;

/// <summary>What one poll of a group of a device brought.</summary>
/// <param name="Points">All points of the group, good or bad, in the order of the plan.</param>
/// <param name="Timestamp">When the first reply was complete.</param>
/// <param name="Silence">Why the device did not answer, in a few words; null if it answered every request.</param>
/// <param name="Trouble">What it refused, in a few words; null if nothing.</param>
/// <param name="BadCount">How many points are not good.</param>
public sealed record PollResult(
    ImmutableArray<Point> Points, DateTimeOffset Timestamp, string? Silence, string? Trouble, int BadCount)
{
    /// <summary>Whether the device did not answer because there was no connection: then no device behind it can.</summary>
    public bool IsConnectionDown { get; init; }
}
