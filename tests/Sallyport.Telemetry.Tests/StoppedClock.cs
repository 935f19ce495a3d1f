namespace Sallyport.Telemetry.Tests;

/// <summary>Always the same time.</summary>
internal sealed class StoppedClock(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
