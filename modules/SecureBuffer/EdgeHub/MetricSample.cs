namespace Sallyport.SecureBuffer.EdgeHub;

/// <summary>One line of a metrics page.</summary>
/// <param name="Name">Of the metric.</param>
/// <param name="Labels">By name.</param>
/// <param name="Value">May be NaN or infinite.</param>
internal sealed record MetricSample(string Name, IReadOnlyDictionary<string, string> Labels, double Value);
