namespace Sallyport.Hosting.Scraping;

/// <summary>One line of a metrics page.</summary>
/// <param name="Name">Of the metric.</param>
/// <param name="Labels">By name.</param>
/// <param name="Value">May be NaN or infinite.</param>
public sealed record MetricSample(string Name, IReadOnlyDictionary<string, string> Labels, double Value);
