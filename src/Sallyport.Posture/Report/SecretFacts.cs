using System.Collections.Immutable;

namespace Sallyport.Posture.Report;

/// <summary>Files that hold secrets.</summary>
/// <param name="Files">Those that are there.</param>
public sealed record SecretFacts(ImmutableArray<SecretFile> Files);
