using Microsoft.Extensions.Logging;
using Sallyport.Acquisition;
using Sallyport.Acquisition.Polling;
using Sallyport.Acquisition.Publishing;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.ModbusMaster.Device;
using Sallyport.ModbusReader.Publishing;

namespace Sallyport.ModbusReader.Polling;

/// <summary>Makes units; those behind one connection share its master and its outage.</summary>
internal sealed class PolledUnits(
    ModbusMasters masters,
    FrameAssembler assembler,
    PollingParts parts,
    ReadingMetrics metrics,
    Func<double> random,
    TimeProvider time,
    ILoggerFactory logs) : IPolledSources<UnitPlan, PollPlan>
{
    private readonly Dictionary<ConnectionPlan, ProbeGate> _gates = [];

    /// <inheritdoc/>
    public async Task KeepOnlyAsync(IReadOnlyCollection<UnitPlan> plans)
    {
        HashSet<ConnectionPlan> connections = [.. plans.Select(plan => plan.Connection)];
        await masters.KeepOnlyAsync(connections);
        foreach (ConnectionPlan connection in _gates.Keys.Except(connections).ToArray())
        {
            _gates.Remove(connection);
        }
    }

    /// <inheritdoc/>
    public IPolledSource<UnitPlan, PollPlan> Create(UnitPlan plan)
    {
        IModbusMaster master = masters.Open(plan.Connection);
        DeviceDescription<UnitPlan> description = parts.CreateDescription<UnitPlan>((unit, hash) => UnitMetadata.Of(unit, assembler, hash));
        var identification = new UnitIdentification(plan, master, description.Identify, metrics, logs.CreateLogger<UnitIdentification>());
        DeviceStatusTracker status = parts.CreateStatus(plan.Name, plan.Protocol, GateOf(plan.Connection), identification.Moved);
        return new PolledUnit(plan, master, status, description, identification, metrics, random, time, logs.CreateLogger<GroupReader>());
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => masters.DisposeAsync();

    private ProbeGate GateOf(ConnectionPlan connection)
    {
        if (!_gates.TryGetValue(connection, out ProbeGate? gate))
        {
            _gates.Add(connection, gate = parts.CreateGate());
        }

        return gate;
    }
}
