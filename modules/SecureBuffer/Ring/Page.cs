using System.Diagnostics;
using Sallyport.SealedRing;
using Sallyport.SealedRing.Format;
using Sallyport.SecureBuffer.Tracing;
using Sallyport.Telemetry;

namespace Sallyport.SecureBuffer.Ring;

/// <summary>A page on its way, and the message that carries it: made at the first hand-over and kept, so that a resend is the same message.</summary>
/// <param name="Sealed">The page.</param>
/// <param name="Message">Its message.</param>
internal sealed record Page(SealedPage Sealed, HubMessage Message)
{
    /// <summary>The spans of its records.</summary>
    public PageLinks Traced { get; init; } = PageLinks.None;

    /// <summary>The span of this sending; null if it is not traced.</summary>
    public Activity? Upstream { get; init; }

    public long Number => Sealed.Number;

    public int Count => Sealed.Fields.Count;

    /// <summary>True for a page of gap records.</summary>
    public bool IsGap => Sealed.Fields.Flags.HasFlag(PageTraits.Gap);
}
