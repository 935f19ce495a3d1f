namespace Sallyport.Hosting.Tests;

internal sealed record CollectedSample(string Name, IReadOnlyDictionary<string, string> Labels, double Value);
