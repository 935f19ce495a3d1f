using System.Collections.Immutable;
using System.Diagnostics;

namespace Sallyport.SecureBuffer.Tracing;

/// <summary>What leads from a page to the spans of its records.</summary>
/// <param name="Links">In the order of the records.</param>
/// <param name="Dropped">How many more there would have been.</param>
internal sealed record PageLinks(ImmutableArray<ActivityLink> Links, int Dropped)
{
    /// <summary>So many links has a span; the OpenTelemetry specification's own limit (OTEL_SPAN_LINK_COUNT_LIMIT).</summary>
    public const int Most = 128;

    /// <summary>No record of the page has a span, or nobody knows it any more.</summary>
    public static PageLinks None { get; } = new([], Dropped: 0);
}
