namespace Sallyport.Simulator.Plant;

/// <summary>Values that move as those of a plant do: functions of its running time.</summary>
internal static class LivingValue
{
    /// <summary>Swings around a middle.</summary>
    public static Func<TimeSpan, double> Wave(double middle, double swing, TimeSpan period) =>
        at => middle + (swing * Math.Sin(2 * Math.PI * (at / period)));

    /// <summary>The same in whole steps, for tables of integers.</summary>
    public static Func<TimeSpan, int> Steps(double middle, double swing, TimeSpan period)
    {
        var wave = Wave(middle, swing, period);
        return at => (int)Math.Round(wave(at));
    }

    /// <summary>Counts up from a start.</summary>
    public static Func<TimeSpan, long> Counter(long start, double perSecond) => at => start + (long)(at.TotalSeconds * perSecond);

    /// <summary>On for the first part of each period.</summary>
    public static Func<TimeSpan, bool> Cycle(TimeSpan period, double shareOn) => at => at.TotalSeconds % period.TotalSeconds < shareOn * period.TotalSeconds;
}
