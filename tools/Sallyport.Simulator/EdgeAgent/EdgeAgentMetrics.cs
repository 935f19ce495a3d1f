using Sallyport.Simulator.EdgeHub.Metrics;

namespace Sallyport.Simulator.EdgeAgent;

/// <summary>edgeAgent's own metrics of the modules that it keeps, under its own names and labels. Safe to use from any thread.</summary>
/// <remarks>
/// Azure/iotedge, doc/BuiltInMetrics.md and AvailabilityMetrics.cs: the times have no version, and a module that leaves the deployment keeps its series, which stand still.
/// </remarks>
internal sealed class EdgeAgentMetrics(string hubName, string deviceId, TimeProvider time)
{
    private const string ModuleName = "module_name";
    private const string ModuleVersion = "module_version";

    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, ModuleAvailability> _modules = new(StringComparer.Ordinal);
    private readonly (string, string) _telemetry = ("ms_telemetry", "True");
    private readonly MetricSet _metrics = new(
    [
        KeyValuePair.Create("iothub", hubName),
        KeyValuePair.Create("edge_device", deviceId),
        KeyValuePair.Create("instance_number", Guid.NewGuid().ToString()),
    ]);

    /// <summary>The deployment names a module from now on.</summary>
    public void Deployed(string module, string version)
    {
        lock (_lock)
        {
            _modules[module] = new ModuleAvailability(version, time.GetTimestamp());
        }
    }

    /// <summary>The deployment does not name it any more.</summary>
    public void Removed(string module) => Change(module, one => one.Remove());

    /// <summary>The container engine was asked to start a module. One that was never deployed is passed over.</summary>
    public void Started(string module) => Change(module, one =>
    {
        one.IsRunning = true;
        _metrics.Add("edgeAgent_module_start_total", 1, (ModuleName, module), (ModuleVersion, one.Version), _telemetry);
    });

    /// <summary>The container engine was asked to stop a module.</summary>
    public void Stopped(string module) => Change(module, one =>
    {
        one.IsRunning = false;
        _metrics.Add("edgeAgent_module_stop_total", 1, (ModuleName, module), (ModuleVersion, one.Version), _telemetry);
    });

    /// <summary>A module ended without being asked.</summary>
    public void Ended(string module) => Change(module, one => one.IsRunning = false);

    public string Render()
    {
        lock (_lock)
        {
            long now = time.GetTimestamp();
            foreach ((string module, ModuleAvailability one) in _modules)
            {
                one.Move(now, time);
                _metrics.Set("edgeAgent_total_time_expected_running_seconds", one.Expected.TotalSeconds, (ModuleName, module));
                _metrics.Set("edgeAgent_total_time_running_correctly_seconds", one.Running.TotalSeconds, (ModuleName, module));
            }
        }

        return _metrics.Render();
    }

    private void Change(string module, Action<ModuleAvailability> change)
    {
        lock (_lock)
        {
            if (_modules.TryGetValue(module, out ModuleAvailability? one))
            {
                one.Move(time.GetTimestamp(), time);
                change(one);
            }
        }
    }
}
