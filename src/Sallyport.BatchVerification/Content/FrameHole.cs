namespace Sallyport.BatchVerification.Content;

/// <summary>Frames that were skipped, and where in which ring that was.</summary>
/// <param name="Frames">Their numbers.</param>
/// <param name="Buffer">The ring that the frame after them came from.</param>
/// <param name="After">The ring's number of the frame before them; -1 if there was none, or it came from another ring.</param>
/// <param name="Before">The ring's number of the frame after them.</param>
internal sealed record FrameHole(NumberRange Frames, UInt128 Buffer, long After, long Before);
