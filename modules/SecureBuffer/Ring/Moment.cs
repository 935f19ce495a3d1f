namespace Sallyport.SecureBuffer.Ring;

/// <summary>A reading of both clocks.</summary>
/// <param name="Elapsed">Monotonic, since the process started: the only one that ages are computed from.</param>
/// <param name="Wall">For people; decides nothing.</param>
internal readonly record struct Moment(TimeSpan Elapsed, DateTimeOffset Wall);
