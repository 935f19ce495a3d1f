using System.Collections.Immutable;
using Sallyport.Simulator.Modules;

namespace Sallyport.Simulator.Check;

/// <summary>The verdict on a run. Its members are those of the JSON summary.</summary>
internal sealed record CheckReport
{
    /// <summary>Every value is accounted for, once and in order, and there were values.</summary>
    public required bool Passed { get; init; }

    /// <summary>Unique values that the plant gave out, by its own list.</summary>
    public required long ValuesServed { get; init; }

    /// <summary>Those of them that are at the cloud side.</summary>
    public required long ValuesArrived { get; init; }

    /// <summary>Frames at the cloud side.</summary>
    public required long FramesArrived { get; init; }

    /// <summary>Points in them, bad ones included.</summary>
    public required long PointsArrived { get; init; }

    /// <summary>Pages at the cloud side.</summary>
    public required long PagesArrived { get; init; }

    /// <summary>Pages whose seal is proven; 0 without a verifier.</summary>
    public required long PagesProven { get; init; }

    /// <summary>Pages whose seal is not their ring's, or that contradict others.</summary>
    public required long Forged { get; init; }

    /// <summary>Proven batches that came again under another message id.</summary>
    public required long Replayed { get; init; }

    /// <summary>Pages that never came, and that no gap record speaks of.</summary>
    public required long MissingPages { get; init; }

    /// <summary>Records of proven batches that are not plausible, by number, time or value.</summary>
    public required long ContentFindings { get; init; }

    /// <summary>Missing values that a gap record accounts for.</summary>
    public required long Lost { get; init; }

    /// <summary>Missing values in whose place a bad point stands.</summary>
    public required long BadReads { get; init; }

    /// <summary>Values that are missing without a reason.</summary>
    public required long Unexplained { get; init; }

    /// <summary>Frames that are missing without a reason, by their own numbers.</summary>
    public required long UnexplainedFrames { get; init; }

    /// <summary>Records of the ring that are missing without a reason, by the ring's numbers.</summary>
    public required long UnexplainedRecords { get; init; }

    /// <summary>Pages, frames and values that are there twice.</summary>
    public required long Duplicates { get; init; }

    /// <summary>Frames and values that stand after a later one.</summary>
    public required long OutOfOrder { get; init; }

    /// <summary>Messages that came again with the same id, as at-least-once delivery may do. Not counted anywhere else.</summary>
    public required long Redelivered { get; init; }

    /// <summary>Pages that arrived after a later page, as a page sent again does. Consumers order by page number, and so does the check.</summary>
    public required long ReorderedPages { get; init; }

    /// <summary>Messages, records and values that have no business being there.</summary>
    public required long Malformed { get; init; }

    /// <summary>Milliseconds from the frame's time stamp to its arrival: the longest.</summary>
    public required long MaxLatencyMs { get; init; }

    /// <summary>Half of the frames took no longer.</summary>
    public required long P50LatencyMs { get; init; }

    /// <summary>99 of 100 frames took no longer.</summary>
    public required long P99LatencyMs { get; init; }

    /// <summary>Frames read per second.</summary>
    public required double FramesPerSecond { get; init; }

    /// <summary>Batches that were forged, taken away or replayed on purpose.</summary>
    public required long Injected { get; init; }

    /// <summary>The pages that are forged, replayed or missing, by number.</summary>
    public required ImmutableArray<NamedPages> Named { get; init; }

    /// <summary>What each module took; empty unless they were measured.</summary>
    public ImmutableArray<ModuleFigures> Modules { get; init; } = [];

    /// <summary>The first things that are wrong, in words.</summary>
    public required ImmutableArray<string> Findings { get; init; }
}
