using Sallyport.SealedRing;

namespace Sallyport.SecureBuffer.Ring;

/// <summary>Reads both clocks.</summary>
internal sealed class MomentClock(TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    public Moment Now => new(time.GetElapsedTime(_start), time.GetUtcNow());
}
