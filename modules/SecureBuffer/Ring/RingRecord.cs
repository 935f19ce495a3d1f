using System.Diagnostics;
using Sallyport.Telemetry;

namespace Sallyport.SecureBuffer.Ring;

/// <summary>What goes into the ring: the body of one message, byte for byte.</summary>
/// <param name="Type">A page holds records of one type.</param>
/// <param name="Json">One JSON object; see <see cref="BatchBody.IsRecord"/>.</param>
/// <param name="Quality">The message's <c>quality</c> property; null if it had none.</param>
internal sealed record RingRecord(MessageType Type, ReadOnlyMemory<byte> Json, Quality? Quality)
{
    /// <summary>The span that its message belongs to; null if its way is not traced.</summary>
    public ActivityContext? Span { get; init; }
}
