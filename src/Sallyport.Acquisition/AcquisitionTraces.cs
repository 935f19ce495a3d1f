using System.Diagnostics;
using Sallyport.Acquisition.Polling;
using Sallyport.Hosting.Tracing;
using Sallyport.Telemetry;

namespace Sallyport.Acquisition;

/// <summary>The spans of every reader: <c>poll</c>, and the <c>frame</c>s that a poll brings. Their context goes with the frame as its property <c>traceparent</c>.</summary>
/// <remarks>Names of devices and groups are those of the configuration; no address and no value goes into a span.</remarks>
public sealed class AcquisitionTraces : IDisposable
{
    /// <summary>Name of the source.</summary>
    public const string SourceName = "Sallyport.Acquisition";

    internal const string Answered = "answered";
    internal const string Silent = "silent";
    internal const string LeftOut = "left-out";
    internal const string Withdrawn = "withdrawn";

    internal const string Acknowledged = "acknowledged";
    internal const string Dropped = "dropped";
    internal const string TooLarge = "too-large";
    internal const string Abandoned = "abandoned";

    private const string SourceAttribute = "sallyport.source";
    private const string GroupAttribute = "sallyport.group";

    private readonly SpanSource _spans = new(SourceName);

    /// <summary>What listeners see.</summary>
    public ActivitySource Source => _spans.Source;

    /// <inheritdoc/>
    public void Dispose() => _spans.Dispose();

    /// <summary>A poll of a group of a device begins. The first span of a trace.</summary>
    internal Activity? Poll(string source, string group)
    {
        Activity? poll = _spans.Start("poll", ActivityKind.Client);
        if (poll is { IsAllDataRequested: true })
        {
            poll.SetTag(SourceAttribute, source).SetTag(GroupAttribute, group);
        }

        return poll;
    }

    /// <summary>A poll brought points, good or bad.</summary>
    internal static void Polled(Activity? poll, int requests, PollResult result)
    {
        if (poll is { IsAllDataRequested: true })
        {
            poll.SetTag("sallyport.requests", requests);
            Tell(poll, result.Points.Length, result.BadCount);
        }

        poll.End(result.Silence is null ? Answered : Silent, isError: result.Silence is not null);
    }

    /// <summary>A poll was not carried out, because the device is given time.</summary>
    /// <param name="poll">Its span.</param>
    /// <param name="points">How many points were told to be bad.</param>
    internal static void NotCarriedOut(Activity? poll, int points)
    {
        if (poll is { IsAllDataRequested: true })
        {
            poll.SetTag("sallyport.requests", 0);
            Tell(poll, points, points);
        }

        poll.End(LeftOut, isError: true);
    }

    /// <summary>A frame goes into the outbox; its span ends with what becomes of it there.</summary>
    /// <returns>The same entry if the poll is not recorded; otherwise one whose message says which span it belongs to.</returns>
    internal OutboxEntry Frame(OutboxEntry entry, FrameKind kind, Activity? poll)
    {
        if (poll is not { Recorded: true } || _spans.Start("frame", ActivityKind.Producer, poll.Context) is not { Recorded: true } frame)
        {
            return entry;
        }

        frame.SetTag(SourceAttribute, entry.Origin?.Source)
            .SetTag(GroupAttribute, entry.Origin?.Group)
            .SetTag("sallyport.frame", WordFor(kind))
            .SetTag("sallyport.seq", entry.Seq)
            .SetTag("sallyport.size", entry.Message.Body.Length);
        return entry with { Message = TraceParent.AddTo(entry.Message, frame.Context), Span = frame };
    }

    private static void Tell(Activity poll, int points, int badPoints) =>
        poll.SetTag("sallyport.points", points).SetTag("sallyport.bad_points", badPoints);

    private static string WordFor(FrameKind kind) => kind switch
    {
        FrameKind.Key => "key",
        FrameKind.Delta => "delta",
        _ => "heartbeat",
    };
}
