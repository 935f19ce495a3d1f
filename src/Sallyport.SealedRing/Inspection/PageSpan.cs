namespace Sallyport.SealedRing.Inspection;

/// <summary>Some pages of a ring, from end to end.</summary>
/// <param name="Count">How many.</param>
/// <param name="FirstPage">The lowest number; 0 if there are none.</param>
/// <param name="LastPage">The highest; 0 if there are none.</param>
/// <param name="FirstSeq">The lowest sequence number; 0 if there are none.</param>
/// <param name="LastSeq">The highest; −1 if there are none.</param>
/// <param name="Records">In all of them.</param>
public sealed record PageSpan(int Count, long FirstPage, long LastPage, long FirstSeq, long LastSeq, long Records)
{
    /// <summary>No pages.</summary>
    public static PageSpan None { get; } = new(0, 0, 0, 0, -1, 0);
}
