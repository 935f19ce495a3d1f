namespace Sallyport.SecureBuffer.Delivery;

/// <summary>What to do before the next step.</summary>
/// <param name="Sleep">How long to sleep; null until there is work.</param>
/// <param name="WakesOnWork">Whether new work ends the sleep.</param>
internal readonly record struct CourierStep(TimeSpan? Sleep, bool WakesOnWork)
{
    /// <summary>Go on at once.</summary>
    public static CourierStep GoOn { get; } = new(TimeSpan.Zero, WakesOnWork: false);

    /// <summary>Nothing to do before that, unless more work comes.</summary>
    public static CourierStep UntilWork(TimeSpan? due) => new(due, WakesOnWork: true);

    /// <summary>Nothing to do before that, whatever comes.</summary>
    public static CourierStep Pause(TimeSpan time) => new(time, WakesOnWork: false);
}
