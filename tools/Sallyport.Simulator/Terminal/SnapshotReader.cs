namespace Sallyport.Simulator.Terminal;

/// <summary>Takes snapshots of a running simulation.</summary>
internal sealed class SnapshotReader(EdgeSimulation simulation, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    /// <summary>How things stand now.</summary>
    public Snapshot Take() => new(
        time.GetElapsedTime(_start),
        simulation.Plant?.Memory.Ledger.Count ?? 0,
        simulation.Plant?.Answers ?? 0,
        EdgeHubFlow.Read(simulation.EdgeHub.MetricsText),
        simulation.Intake.Count,
        simulation.EdgeHub.QueueLengths.Values.Sum(),
        simulation.Uplink.State.ToString(),
        [.. simulation.Modules.Running]);
}
