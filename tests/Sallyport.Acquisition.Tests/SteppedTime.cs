using Microsoft.Extensions.Time.Testing;

namespace Sallyport.Acquisition.Tests;

/// <summary>A clock that the test moves, and whose time of day somebody may set besides.</summary>
internal sealed class SteppedTime : FakeTimeProvider
{
    public SteppedTime()
        : base(new DateTimeOffset(2026, 11, 22, 10, 15, 0, TimeSpan.Zero))
    {
    }

    /// <summary>By how much it was set.</summary>
    public TimeSpan Step { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Step;

    public override long GetTimestamp() => base.GetUtcNow().Ticks;
}
