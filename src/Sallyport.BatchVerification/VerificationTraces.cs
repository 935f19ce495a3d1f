using System.Diagnostics;
using Sallyport.Telemetry;

namespace Sallyport.BatchVerification;

/// <summary>The last span of a frame's way: <c>verified</c>, for each batch that was judged and whose sending was traced.</summary>
/// <remarks>It is part of the batch's <c>upstream</c> span. A batch that somebody forged may name any span: the outcome says what it is. Safe from any thread.</remarks>
public sealed class VerificationTraces : IDisposable
{
    /// <summary>Name of the source.</summary>
    public const string SourceName = "Sallyport.BatchVerification";

    private readonly ActivitySource _source = new(SourceName);

    /// <summary>What listeners see.</summary>
    public ActivitySource Source => _source;

    /// <summary>A batch was judged.</summary>
    /// <param name="properties">Of its message.</param>
    /// <param name="verdict">On it.</param>
    /// <param name="began">When the judging began.</param>
    /// <param name="ended">When it ended.</param>
    public void Judged(IReadOnlyDictionary<string, string> properties, BatchVerdict verdict, DateTimeOffset began, DateTimeOffset ended)
    {
        if (!_source.HasListeners() || !TraceParent.TryRead(properties, out ActivityContext upstream))
        {
            return;
        }

        using Activity? verified = _source.StartActivity(ActivityKind.Consumer, upstream, tags: null, links: null, began, "verified");
        if (verified is not { IsAllDataRequested: true })
        {
            return;
        }

        if (BatchOf(verdict) is { } batch)
        {
            verified.SetTag("sallyport.lane", batch.Lane)
                .SetTag("sallyport.page", batch.Page)
                .SetTag("sallyport.seq", batch.Fields.FirstSeq)
                .SetTag("sallyport.records", batch.Fields.Count);
        }

        verified.SetTag("sallyport.outcome", WordFor(verdict));
        verified.SetStatus(verdict is BatchVerdict.Forged or BatchVerdict.Fork ? ActivityStatusCode.Error : ActivityStatusCode.Unset);
        verified.SetEndTime(ended.UtcDateTime);
    }

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();

    private static SealedBatch? BatchOf(BatchVerdict verdict) => verdict switch
    {
        BatchVerdict.Ok ok => ok.Batch,
        BatchVerdict.Duplicate duplicate => duplicate.Batch,
        BatchVerdict.Gap gap => gap.Batch,
        BatchVerdict.Reordered reordered => reordered.Batch,
        BatchVerdict.Fork fork => fork.Batch,
        _ => null,
    };

    private static string WordFor(BatchVerdict verdict) => verdict switch
    {
        BatchVerdict.Ok => "proven",
        BatchVerdict.Duplicate => "duplicate",
        BatchVerdict.Gap => "gap",
        BatchVerdict.Reordered => "reordered",
        BatchVerdict.Fork => "fork",
        _ => "forged",
    };
}
