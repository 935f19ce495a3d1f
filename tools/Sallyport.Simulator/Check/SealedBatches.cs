using System.Collections.Frozen;
using Sallyport.BatchVerification;
using Sallyport.Telemetry;

namespace Sallyport.Simulator.Check;

/// <summary>Puts the verdicts on batches into findings. Not safe for several threads.</summary>
internal sealed class SealedBatches(Findings findings)
{
    private readonly Dictionary<(UInt128 Buffer, long Page), string> _messageIds = [];
    private readonly HashSet<int> _refused = [];
    private long _proven;

    /// <summary>What seals say of all so far.</summary>
    public SealVerdicts Verdicts => new(_proven, _refused.ToFrozenSet());

    /// <summary>Takes the next verdict.</summary>
    /// <param name="at">Place of the message in the order of arrival.</param>
    /// <param name="message">It.</param>
    /// <param name="verdict">On it.</param>
    public void Add(int at, HubMessage message, BatchVerdict verdict)
    {
        switch (verdict)
        {
            case BatchVerdict.Forged forged:
                Refuse(at, message, PageFault.Forged, $"is forged ({forged.Sign}): {forged.Reason}.");
                break;
            case BatchVerdict.Fork fork:
                Refuse(at, message, PageFault.Forged, $"contradicts another of its ring ({fork.Sign}): an old copy was put back, or it runs twice.");
                break;
            case BatchVerdict.Duplicate { Batch: var batch } when _messageIds.TryGetValue((batch.Fields.Buffer, batch.Page), out var first)
                && !string.Equals(first, message.MessageId, StringComparison.Ordinal):
                Refuse(at, message, PageFault.Replayed, $"was replayed: it came before as {first}.");
                break;
            default:
                _proven++;
                if (BatchOf(verdict) is { } used)
                {
                    _messageIds.TryAdd((used.Fields.Buffer, used.Page), message.MessageId);
                }

                break;
        }
    }

    private static SealedBatch? BatchOf(BatchVerdict verdict) => verdict switch
    {
        BatchVerdict.Ok ok => ok.Batch,
        BatchVerdict.Gap gap => gap.Batch,
        BatchVerdict.Reordered late => late.Batch,
        BatchVerdict.Duplicate repeated => repeated.Batch,
        _ => null,
    };

    private void Refuse(int at, HubMessage message, PageFault what, string text)
    {
        _refused.Add(at);
        var kind = what is PageFault.Replayed ? FindingKind.Replayed : FindingKind.Forged;
        var pages = NamedPages.Of(what, message);
        findings.Add(kind, pages, $"Batch {message.MessageId} ({pages}) {text}");
    }
}
