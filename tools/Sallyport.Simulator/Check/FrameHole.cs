namespace Sallyport.Simulator.Check;

/// <summary>Frames that are missing between two that arrived.</summary>
/// <param name="FirstSeq">First missing number.</param>
/// <param name="Length">How many.</param>
/// <param name="After">Place of the frame before.</param>
/// <param name="Before">Place of the frame after.</param>
internal sealed record FrameHole(long FirstSeq, long Length, StreamPosition After, StreamPosition Before)
{
    /// <summary>How many of them a gap record accounts for.</summary>
    public long Explained { get; set; }
}
