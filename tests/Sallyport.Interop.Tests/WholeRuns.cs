namespace Sallyport.Interop.Tests;

/// <summary>Tests that need the machine for themselves: whole runs of the gateway, with the time limits of production and a capture of all that is said.</summary>
[CollectionDefinition(nameof(WholeRuns), DisableParallelization = true)]
public sealed class WholeRuns;
