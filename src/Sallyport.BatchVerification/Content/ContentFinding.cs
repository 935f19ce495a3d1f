namespace Sallyport.BatchVerification.Content;

/// <summary>Something in proven records that is not as it has to be.</summary>
public abstract record ContentFinding
{
    private ContentFinding()
    {
    }

    /// <summary>A record is not what its schema says.</summary>
    /// <param name="Seq">The ring's number of it.</param>
    public sealed record RecordMalformed(long Seq) : ContentFinding;

    /// <summary>A frame is older than one before it.</summary>
    /// <param name="Stream">Whose.</param>
    /// <param name="Seq">Number of the frame.</param>
    /// <param name="Timestamp">Its time.</param>
    /// <param name="Before">The time that it should not be before, or, if it came late, not after.</param>
    public sealed record TimeWentBack(FrameStreamName Stream, long Seq, DateTimeOffset Timestamp, DateTimeOffset Before) : ContentFinding;

    /// <summary>The ring had a frame twice, in two pages.</summary>
    /// <param name="Stream">Whose.</param>
    /// <param name="Seq">Number of the frame.</param>
    public sealed record FrameRepeated(FrameStreamName Stream, long Seq) : ContentFinding;

    /// <summary>Frames are missing, and neither a gap record of the reader nor the ring's losses account for them.</summary>
    /// <param name="Stream">Whose.</param>
    /// <param name="Frames">Where their numbers lie.</param>
    /// <param name="Count">How many nothing accounts for.</param>
    public sealed record FramesMissing(FrameStreamName Stream, NumberRange Frames, long Count) : ContentFinding;

    /// <summary>A value is too small or too large.</summary>
    /// <param name="Rule">That it breaks.</param>
    /// <param name="At">When it was read.</param>
    /// <param name="Value">It.</param>
    public sealed record OutOfRange(PointRule Rule, DateTimeOffset At, double Value) : ContentFinding;

    /// <summary>A value changed faster than it can.</summary>
    /// <param name="Rule">That it breaks.</param>
    /// <param name="At">When it was read.</param>
    /// <param name="Value">It.</param>
    /// <param name="PerSecond">How fast.</param>
    public sealed record ChangedTooFast(PointRule Rule, DateTimeOffset At, double Value, double PerSecond) : ContentFinding;

    /// <summary>A value stays the same for too long; found once, until it changes.</summary>
    /// <param name="Rule">That it breaks.</param>
    /// <param name="Since">When it was read first.</param>
    /// <param name="Value">It.</param>
    public sealed record Stuck(PointRule Rule, DateTimeOffset Since, double Value) : ContentFinding;
}
