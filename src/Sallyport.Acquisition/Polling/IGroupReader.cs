using System.Collections.Immutable;
using Sallyport.Telemetry;

namespace Sallyport.Acquisition.Polling;

/// <summary>Carries out one poll after the other of one group of one device. Not for parallel use.</summary>
public interface IGroupReader
{
    /// <summary>How many requests a poll takes now. Safe from any thread.</summary>
    int RequestCount { get; }

    /// <summary>What the device taught about the points of the group. Safe from any thread.</summary>
    LearnedState Learned { get; }

    /// <summary>Reads all points of the group.</summary>
    /// <param name="stop">Ends the waiting for the first request; once anything was read the poll is brought to its end.</param>
    /// <exception cref="OperationCanceledException">Stopped before anything was read.</exception>
    ValueTask<PollResult> ReadAsync(CancellationToken stop);

    /// <summary>All points of a poll that is left out, for a reason of a few words.</summary>
    ImmutableArray<Point> LeaveOut(string reason);
}
