namespace Sallyport.Simulator.Plant;

/// <summary>A value that moves as those of a plant do: a function of its running time, and what it can and cannot be.</summary>
/// <param name="At">The value.</param>
/// <param name="Min">It is never less; null if there is no least.</param>
/// <param name="Max">It is never more; null if there is no most.</param>
/// <param name="MaxChangePerSecond">It never changes faster, even when it is read a bit earlier or later than told; null if it may jump.</param>
/// <param name="StuckAfter">It never stays the same for so long; null if it may.</param>
internal sealed record LivingValue(Func<TimeSpan, double> At, double? Min, double? Max, double? MaxChangePerSecond = null, TimeSpan? StuckAfter = null)
{
    /// <summary>Swings around a middle.</summary>
    public static LivingValue Wave(double middle, double swing, TimeSpan period)
    {
        // What is transferred has fewer digits.
        const double Tolerance = 0.001;
        return new(
            at => middle + (swing * Math.Sin(2 * Math.PI * (at / period))),
            middle - (swing * (1 + Tolerance)),
            middle + (swing * (1 + Tolerance)),
            MaxChangePerSecond: 2 * swing,
            StuckAfter: TimeSpan.FromSeconds(30));
    }

    /// <summary>The same in whole steps, for tables of integers: it jumps, and rests at the turning points.</summary>
    public static LivingValue Steps(double middle, double swing, TimeSpan period)
    {
        var wave = Wave(middle, swing, period);
        return new(at => Math.Round(wave.At(at)), Math.Round(middle - swing), Math.Round(middle + swing));
    }

    /// <summary>Counts up from a start.</summary>
    public static LivingValue Counter(long start, double perSecond) => new(at => start + (long)(at.TotalSeconds * perSecond), start, Max: null);

    /// <summary>On for the first part of each period.</summary>
    public static Func<TimeSpan, bool> Cycle(TimeSpan period, double shareOn) => at => at.TotalSeconds % period.TotalSeconds < shareOn * period.TotalSeconds;
}
