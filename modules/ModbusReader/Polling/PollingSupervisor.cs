using Microsoft.Extensions.Logging;
using Sallyport.Acquisition;
using Sallyport.Hosting;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.ModbusMaster.Device;
using Sallyport.ModbusReader.Publishing;

namespace Sallyport.ModbusReader.Polling;

/// <summary>Keeps exactly the loops running that the plan in force asks for. A new plan does not touch loops whose work stays the same.</summary>
internal sealed partial class PollingSupervisor(
    CurrentPlan<DevicePlan> current, ModbusMasters masters, PolledUnitFactory factory, ReaderOutboxes outboxes, ILogger<PollingSupervisor> logger)
{
    private readonly Dictionary<string, PolledUnit> _units = new(StringComparer.Ordinal);
    private readonly Dictionary<ConnectionPlan, ProbeGate> _gates = [];
    private readonly TaskCompletionSource _died = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile PolledUnit[] _snapshot = [];

    /// <summary>The units that are polled now, by name. Safe from any thread.</summary>
    public IReadOnlyList<PolledUnit> Units => _snapshot;

    /// <summary>Polls until told to stop. Polls that have begun are finished, and their frames are in the outbox when this returns.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            CurrentPlan<DevicePlan>.Edition? edition = null;
            outboxes.Status.Described = GiveBackMemory;
            while (!stop.IsCancellationRequested)
            {
                Task<CurrentPlan<DevicePlan>.Edition> next = current.WaitForNextAsync(edition, stop);
                await await Task.WhenAny(next, _died.Task);
                edition = await next;
                await ApplyAsync(edition);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The ordered way out.
        }
        finally
        {
            await RetireAsync([.. _units.Values], "reader stopped");
            await masters.DisposeAsync();
        }
    }

    private async Task ApplyAsync(CurrentPlan<DevicePlan>.Edition edition)
    {
        Dictionary<string, UnitPlan> wanted = edition.Plan.Units.ToDictionary(unit => unit.Name, StringComparer.Ordinal);
        await RetireAsync(
            [.. _units.Values.Where(unit => !wanted.TryGetValue(unit.Plan.Name, out UnitPlan? plan) || !unit.IsSameDeviceAs(plan))],
            "configuration changed");
        await EndPollsAsync(
            [.. from unit in _units.Values
                from poll in unit.Polls.Values
                where !IsWanted(poll, wanted[unit.Plan.Name])
                select (unit, poll)]);
        HashSet<ConnectionPlan> connections = [.. edition.Plan.Units.Select(unit => unit.Connection)];
        await masters.KeepOnlyAsync(connections);
        KeepGates(connections);
        foreach (UnitPlan plan in edition.Plan.Units)
        {
            Begin(plan, edition.ConfigurationHash);
        }

        _snapshot = [.. _units.Values.OrderBy(unit => unit.Plan.Name, StringComparer.Ordinal)];
        GiveBackMemory();
        LogApplied(edition.Version, edition.ConfigurationHash, _units.Count, _units.Values.Sum(unit => unit.Polls.Count));
    }

    private void KeepGates(HashSet<ConnectionPlan> connections)
    {
        foreach (ConnectionPlan connection in _gates.Keys.Except(connections).ToArray())
        {
            _gates.Remove(connection);
        }

        foreach (ConnectionPlan connection in connections)
        {
            if (!_gates.ContainsKey(connection))
            {
                _gates.Add(connection, factory.CreateGate());
            }
        }
    }

    private void Begin(UnitPlan plan, string configurationHash)
    {
        IModbusMaster master = masters.Open(plan.Connection);
        if (!_units.TryGetValue(plan.Name, out PolledUnit? unit))
        {
            unit = factory.CreateUnit(plan, _gates[plan.Connection], master);
            _units.Add(plan.Name, unit);
        }

        unit.Plan = plan;
        unit.Description.Use(plan, configurationHash);
        foreach (PollPlan poll in plan.Polls)
        {
            if (unit.Polls.TryGetValue(poll.Group, out RunningPoll? running))
            {
                running.Loop.ConfigurationHash = configurationHash;
            }
            else
            {
                PollLoop loop = factory.CreateLoop(unit, poll, master, configurationHash);
                unit.Polls.TryAdd(poll.Group, new RunningPoll(poll, loop, e => _died.TrySetException(e)));
            }
        }
    }

    // Reading a large configuration, and describing its units, takes several times the memory that the plan needs; nothing else would give it back for hours.
    private static void GiveBackMemory() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

    private static bool IsWanted(RunningPoll running, UnitPlan unit) =>
        unit.Polls.Any(poll => string.Equals(poll.Group, running.Plan.Group, StringComparison.Ordinal) && poll.IsSameWorkAs(running.Plan));

    private async Task RetireAsync(PolledUnit[] units, string reason)
    {
        foreach (PolledUnit unit in units)
        {
            unit.Identification.Stop();
        }

        await EndPollsAsync([.. from unit in units from poll in unit.Polls.Values select (unit, poll)]);
        foreach (PolledUnit unit in units)
        {
            await unit.Identification.DisposeAsync();
            unit.Status.Stop(reason);
            _units.Remove(unit.Plan.Name);
        }
    }

    private static async Task EndPollsAsync((PolledUnit Unit, RunningPoll Poll)[] polls)
    {
        foreach ((_, RunningPoll poll) in polls)
        {
            poll.Stop();
        }

        foreach ((PolledUnit unit, RunningPoll poll) in polls)
        {
            await poll.Completion;
            unit.Polls.TryRemove(poll.Plan.Group, out _);
            unit.Status.Forget(poll.Plan.Group);
            poll.Dispose();
        }
    }

    [LoggerMessage(1210, LogLevel.Information, "Plan {Version} ({ConfigurationHash}) is in force: {Units} units, {Loops} poll loops")]
    private partial void LogApplied(long version, string configurationHash, int units, int loops);
}
