using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;

namespace Sallyport.Hosting.Health;

/// <summary>Judges whether the module does its work: every worker alive, every condition met.</summary>
internal sealed class ModuleHealth
{
    private readonly HealthCondition[] _conditions;
    private BackgroundService[] _workers = [];

    public ModuleHealth(IEnumerable<HealthCondition> conditions, IMeterFactory meters)
    {
        _conditions = [.. conditions];
        Meter meter = meters.Create("Sallyport.Hosting");
        meter.CreateObservableGauge(
            "sallyport.module.healthy",
            () => Judge().State == HealthState.Healthy ? 1 : 0,
            unit: "{modules}",
            description: "1 while all workers live and a plan is in force, else 0.");
        meter.CreateObservableGauge("sallyport.module.memory", () => Environment.WorkingSet, unit: "By", description: "Memory of the process that is resident.");
    }

    /// <summary>Says whom to watch. Not in the constructor: the endpoint that asks is a worker itself.</summary>
    public void Watch(BackgroundService[] workers) => Volatile.Write(ref _workers, workers);

    public HealthReport Judge()
    {
        BackgroundService[] workers = Volatile.Read(ref _workers);
        if (Array.Find(workers, worker => worker.ExecuteTask is { IsCompleted: true }) is { } ended)
        {
            return new HealthReport(HealthState.Unhealthy, $"{WorkerName.Of(ended)} has ended");
        }

        if (workers.Length == 0 || Array.Exists(workers, worker => worker.ExecuteTask is null))
        {
            return new HealthReport(HealthState.Starting, "not all workers run yet");
        }

        return Array.Find(_conditions, condition => !condition.IsMet()) is { } missing
            ? new HealthReport(missing.Without, missing.Lack)
            : new HealthReport(HealthState.Healthy, "");
    }
}
