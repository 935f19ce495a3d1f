namespace Sallyport.BatchVerification.Content;

/// <summary>What values of a point are plausible. A rule that is null is not checked.</summary>
/// <param name="Source">The device, as in its frames.</param>
/// <param name="Point">The point, as in its frames.</param>
/// <param name="Min">The least value.</param>
/// <param name="Max">The greatest value.</param>
/// <param name="MaxChangePerSecond">The fastest change, up or down.</param>
/// <param name="StuckAfter">How long a value may stay the same.</param>
public sealed record PointRule(string Source, string Point, double? Min, double? Max, double? MaxChangePerSecond, TimeSpan? StuckAfter);
