namespace Sallyport.Posture;

/// <summary>A lane of the ring.</summary>
/// <param name="Lane">Its name.</param>
/// <param name="Storage">What its records rest on: <c>disk</c>, <c>degraded</c>, <c>memory</c>, <c>opening</c>, <c>fenced</c>, <c>decommissioned</c>.</param>
/// <param name="CapacityBytes">Where it ends; null if it did not say.</param>
public sealed record LaneFact(string Lane, string Storage, long? CapacityBytes);
