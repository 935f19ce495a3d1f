using System.Collections.Immutable;

namespace Sallyport.Simulator.Modules;

/// <summary>How a module's process ended.</summary>
/// <param name="Module">Its name.</param>
/// <param name="ExitCode">0 is an orderly end; 128 plus a signal's number when a signal ended it.</param>
/// <param name="WasKilled">It did not follow the request to stop in time.</param>
/// <param name="LastLines">The last lines it wrote, oldest first.</param>
internal sealed record ModuleExit(string Module, int ExitCode, bool WasKilled, ImmutableArray<string> LastLines);
