using System.Diagnostics;
using Sallyport.Hosting.Tracing;
using Sallyport.IotHub;
using Sallyport.SecureBuffer.Delivery;
using Sallyport.SecureBuffer.Ring;
using Sallyport.Telemetry;

namespace Sallyport.SecureBuffer.Tracing;

/// <summary>The spans of this module: <c>ring</c> for a message that goes into the ring, <c>upstream</c> for a page on its way to the proof of its delivery.</summary>
/// <remarks>A page belongs to all of its records, so its span has links to theirs, and is the first of a trace of its own; a resend has the one before as its parent.</remarks>
internal sealed class BufferTraces : IDisposable
{
    public const string SourceName = "Sallyport.SecureBuffer";

    public const string Appended = "appended";
    public const string Repeated = "repeated";
    public const string Refused = "refused";
    public const string Left = "left";

    public const string Confirmed = "confirmed";
    public const string TooLarge = "too-large";
    public const string NotConnected = "not-connected";

    private const string LaneAttribute = "sallyport.lane";
    private const string SeqAttribute = "sallyport.seq";

    private readonly SpanSource _spans = new(SourceName);

    /// <summary>What listeners see.</summary>
    public ActivitySource Source => _spans.Source;

    /// <inheritdoc/>
    public void Dispose() => _spans.Dispose();

    /// <summary>A message goes into the ring. Null unless its sender traces it and somebody listens.</summary>
    public Activity? Ring(InputMessage input)
    {
        if (!_spans.IsHeard || !TraceParent.TryRead(input.Message.Properties, out ActivityContext sender))
        {
            return null;
        }

        Activity? ring = _spans.Start("ring", ActivityKind.Consumer, sender);
        return ring is { IsAllDataRequested: true } ? ring.SetTag("sallyport.module", input.SenderModule) : ring;
    }

    /// <summary>What a page links to; null if nobody will see the span.</summary>
    public static ActivityContext? SpanOf(Activity? ring) => ring is { Recorded: true } ? ring.Context : null;

    /// <summary>A message has its place in a lane.</summary>
    public static void Place(Activity? ring, Lane lane, long seq)
    {
        if (ring is { IsAllDataRequested: true })
        {
            ring.SetTag(LaneAttribute, lane.Name).SetTag(SeqAttribute, seq);
        }
    }

    /// <summary>A page is sent. The first time its message gets the property <c>traceparent</c>, which a resend repeats.</summary>
    public Page Send(Lane lane, Page page, string uplink)
    {
        if (!_spans.IsHeard)
        {
            return page;
        }

        bool isResend = TraceParent.TryRead(page.Message.Properties, out ActivityContext first);
        if (_spans.Start("upstream", ActivityKind.Producer, first, page.Traced.Links) is not { Recorded: true } upstream)
        {
            return page;
        }

        upstream.SetTag(LaneAttribute, lane.Name)
            .SetTag("sallyport.page", page.Number)
            .SetTag(SeqAttribute, page.Sealed.Fields.FirstSeq)
            .SetTag("sallyport.records", page.Count)
            .SetTag("sallyport.replay", page.Message.Properties.ContainsKey(MessageProperties.Replay))
            .SetTag("sallyport.uplink", uplink)
            .SetTag("sallyport.links_dropped", page.Traced.Dropped);
        page = isResend ? page : lane.Replace(page with { Message = TraceParent.AddTo(page.Message, upstream.Context) });
        return page with { Upstream = upstream };
    }

    /// <summary>edgeHub, or IoT Hub on the direct uplink, acknowledged the page.</summary>
    public static void Acknowledged(Page page) => page.Upstream?.AddEvent(new ActivityEvent("acknowledged"));

    /// <summary>Nobody proved that the page arrived; it is sent again.</summary>
    public static void Unproven(Page page, LossSign sign) => page.Upstream.End(CourierMetrics.WordFor(sign), isError: true);
}
