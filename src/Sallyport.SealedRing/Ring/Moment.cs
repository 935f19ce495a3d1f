namespace Sallyport.SealedRing;

/// <summary>A reading of both clocks.</summary>
/// <param name="Elapsed">Monotonic, since the process started: the only one that ages are computed from.</param>
/// <param name="Wall">For people; decides nothing.</param>
public readonly record struct Moment(TimeSpan Elapsed, DateTimeOffset Wall);
