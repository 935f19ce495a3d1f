namespace Sallyport.Watchdog.Scraping;

/// <summary>What one of those who were asked answered.</summary>
/// <param name="Target">Who.</param>
/// <param name="Numbers">Its metrics; null if it gave none that can be read.</param>
/// <param name="Health">Its health report.</param>
/// <param name="Fault">Why there are no numbers; empty if there are.</param>
/// <param name="IsThere">Whether it answered at all.</param>
internal sealed record TargetLook(Target Target, Numbers? Numbers, ReportedHealth Health, string Fault, bool IsThere);
