using System.Diagnostics;
using Sallyport.Telemetry;

namespace Sallyport.Acquisition;

/// <summary>One message on its way out, and its place in its stream if it has one.</summary>
/// <param name="Message">What is sent.</param>
/// <param name="Origin">The stream of frames it belongs to; null for messages without sequence numbers.</param>
/// <param name="Seq">Its number in that stream.</param>
public sealed record OutboxEntry(HubMessage Message, GapOrigin? Origin = null, long Seq = 0)
{
    // The message id, the properties and the objects around them; a round number that errs on the large side.
    private const int OverheadInBytes = 1024;

    /// <summary>The span of a frame whose way is traced; ended by whoever knows what became of it.</summary>
    internal Activity? Span { get; init; }

    /// <summary>What this entry counts for in the outbox's limit.</summary>
    internal int SizeInBytes => Message.Body.Length + OverheadInBytes;
}
