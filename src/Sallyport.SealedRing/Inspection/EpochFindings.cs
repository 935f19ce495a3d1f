namespace Sallyport.SealedRing.Inspection;

/// <summary>What one opening of a ring left.</summary>
/// <param name="Number">Of the epoch.</param>
/// <param name="Pages">In the ring.</param>
/// <param name="FirstPage">The lowest number of them.</param>
/// <param name="LastPage">The highest.</param>
public sealed record EpochFindings(long Number, int Pages, long FirstPage, long LastPage);
