namespace Sallyport.Acquisition;

/// <summary>UTC times inside one round of requests, all measured from its beginning by a clock that nobody sets: they keep their order and their distances even
/// if the host's clock is set meanwhile.</summary>
public sealed class RoundClock(TimeProvider time)
{
    private DateTimeOffset _beganAt = time.GetUtcNow();
    private long _began = time.GetTimestamp();

    /// <summary>The time now.</summary>
    public DateTimeOffset Now => _beganAt + time.GetElapsedTime(_began);

    /// <summary>Begins a new round, with the host's time as it is now.</summary>
    public void Begin() => (_beganAt, _began) = (time.GetUtcNow(), time.GetTimestamp());
}
