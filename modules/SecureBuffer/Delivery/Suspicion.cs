namespace Sallyport.SecureBuffer.Delivery;

/// <summary>A queue that is empty although not everything was sent: once may be a coincidence of reading, twice is a loss.</summary>
/// <param name="Since">Monotonic time of the first such reading.</param>
/// <param name="Sent">The counter in it.</param>
internal sealed record Suspicion(TimeSpan Since, long Sent);
