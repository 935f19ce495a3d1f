namespace Sallyport.IotHub.Lifecycle;

/// <summary>Time since the process made this object; never jumps, whoever sets the wall clock.</summary>
internal sealed class MonotonicClock(TimeProvider time)
{
    private readonly long _origin = time.GetTimestamp();

    /// <summary>Now.</summary>
    public TimeSpan Now => time.GetElapsedTime(_origin);
}
