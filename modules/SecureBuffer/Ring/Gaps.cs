using Sallyport.Telemetry;

namespace Sallyport.SecureBuffer.Ring;

/// <summary>Losses that no gap record speaks of yet, one coalesced range for each reason. Not safe for several threads.</summary>
internal sealed class Gaps
{
    private readonly SortedDictionary<GapReason, GapRecord> _pending = [];

    public bool IsEmpty => _pending.Count == 0;

    /// <summary>Adds lost records; ranges of the same reason grow together, and what lies between them is not counted.</summary>
    public void Add(GapReason reason, long firstSeq, int count)
    {
        var lastSeq = firstSeq + count - 1;
        _pending[reason] = _pending.TryGetValue(reason, out GapRecord? before)
            ? before with
            {
                FirstSeq = Math.Min(before.FirstSeq, firstSeq),
                LastSeq = Math.Max(before.LastSeq, lastSeq),
                Count = before.Count + count,
            }
            : new GapRecord(reason, firstSeq, lastSeq, count);
    }

    /// <summary>Takes all that is pending.</summary>
    public IReadOnlyList<GapRecord> Take()
    {
        GapRecord[] taken = [.. _pending.Values];
        _pending.Clear();
        return taken;
    }
}
