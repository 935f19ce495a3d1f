using System.Collections.Immutable;

namespace Sallyport.BatchVerification;

/// <summary>What the batches of one ring prove.</summary>
/// <param name="Buffer">Identity of the ring.</param>
/// <param name="Lane">Of the gateway, as it says itself.</param>
/// <param name="FirstRecord">Where the proof begins.</param>
/// <param name="LastRecord">How far it goes.</param>
/// <param name="Batches">That were used.</param>
/// <param name="Records">In them.</param>
/// <param name="Duplicates">Batches that were there before.</param>
/// <param name="Reordered">Batches that came late.</param>
/// <param name="Forks">Batches that contradict others.</param>
/// <param name="LostTold">Lost records that the ring itself speaks of.</param>
/// <param name="ClockSteps">Batches in or before which the gateway's wall clock was set. Nothing here is judged by that clock.</param>
/// <param name="Missing">What did not arrive, by number. What is too long ago to be remembered one by one is in <paramref name="Settled"/>.</param>
/// <param name="Settled">Missing records of long ago, added up by kind.</param>
public sealed record StreamSummary(
    UInt128 Buffer,
    string Lane,
    long FirstRecord,
    long LastRecord,
    long Batches,
    long Records,
    long Duplicates,
    long Reordered,
    long Forks,
    long LostTold,
    long ClockSteps,
    ImmutableArray<MissingRecords> Missing,
    ImmutableSortedDictionary<MissingKind, long> Settled)
{
    /// <summary>What the device signed.</summary>
    public required CheckpointTally Checkpoints { get; init; }

    /// <summary>True if no batch contradicts another, no checkpoint is bad, and every missing number is one that the ring counted as lost or skipped.</summary>
    public bool IsProven =>
        Forks == 0 && Checkpoints.Bad == 0 && CountOf(MissingKind.Unexplained) == 0 && CountOf(MissingKind.Doubtful) == 0 && CountOf(MissingKind.Lost) <= LostTold;

    /// <summary>How many records are missing in one way.</summary>
    public long CountOf(MissingKind kind) =>
        Settled.GetValueOrDefault(kind) + Missing.Where(missing => missing.Kind == kind).Sum(missing => missing.Count);

    internal static StreamSummary Of(UInt128 buffer, BatchStream stream) => new(
        buffer,
        stream.Lane,
        stream.Numbers.First ?? 0,
        stream.Numbers.Arrived.Highest,
        stream.Tally.Batches,
        stream.Tally.Records,
        stream.Tally.Duplicates,
        stream.Tally.Reordered,
        stream.Tally.Forks,
        stream.Tally.LostTold,
        stream.Tally.ClockSteps,
        stream.Numbers.Missing(),
        Enum.GetValues<MissingKind>().ToImmutableSortedDictionary(kind => kind, kind => stream.Numbers.Settled[(int)kind]))
    {
        Checkpoints = stream.Tally.Checkpoints,
    };
}
