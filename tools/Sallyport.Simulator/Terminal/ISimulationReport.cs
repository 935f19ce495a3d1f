using Microsoft.Extensions.Logging;
using Sallyport.Simulator.Check;

namespace Sallyport.Simulator.Terminal;

/// <summary>Where a run is told: as text to people, or as JSON to programs. Safe to call from any thread.</summary>
internal interface ISimulationReport
{
    /// <summary>How often a summary is wanted.</summary>
    TimeSpan SummaryInterval { get; }

    /// <summary>Something that happened.</summary>
    /// <param name="source">A module's name, or empty for the simulator itself.</param>
    /// <param name="level">How grave it is.</param>
    /// <param name="message">One line.</param>
    void Happened(string source, LogLevel level, string message);

    /// <summary>How things stand.</summary>
    void Stands(Snapshot before, Snapshot now);

    /// <summary>The verdict of a check. Nothing is told after it.</summary>
    void Judged(CheckReport verdict);
}
