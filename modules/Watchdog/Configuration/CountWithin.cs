namespace Sallyport.Watchdog.Configuration;

/// <summary>How often is too often.</summary>
/// <param name="Count">So often.</param>
/// <param name="Within">In so long.</param>
internal readonly record struct CountWithin(int Count, TimeSpan Within);
