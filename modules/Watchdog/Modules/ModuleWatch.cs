using System.Globalization;
using Sallyport.Telemetry;
using Sallyport.Watchdog.Alarms;
using Sallyport.Watchdog.Configuration;
using Sallyport.Watchdog.Delivery;
using Sallyport.Watchdog.Scraping;
using Sallyport.Watchdog.Status;

namespace Sallyport.Watchdog.Modules;

/// <summary>How one module is doing, from look to look. One caller.</summary>
/// <param name="name">As in the manifest.</param>
internal sealed class ModuleWatch(string name)
{
    private readonly Recent _starts = new();
    private readonly Growth _kept = new();
    private readonly ModuleLoad _load = new(name);
    private TimeSpan? _firstAsked;
    private TimeSpan? _seen;
    private TimeSpan? _unwellSince;
    private string? _instance;
    private int _instanceStarts;
    private double _keptStarts;
    private bool _hasStarted;
    private int _startCount;
    private ModuleStatus _status = new(name, ModuleCondition.Unknown, DateTimeOffset.UnixEpoch, "it has not been asked yet", 0, MemoryBytes: null);

    /// <summary>Judges one look.</summary>
    /// <param name="look">When.</param>
    /// <param name="seen">What the module answered.</param>
    /// <param name="plan">What is too long, too often, too much.</param>
    /// <param name="onlineDevices">Controllers that this module has on line.</param>
    /// <param name="findings">Takes what is wrong.</param>
    public ModuleStatus Judge(Look look, TargetLook seen, DeliveryPlan plan, IReadOnlySet<string> onlineDevices, ICollection<Finding> findings)
    {
        TimeSpan now = look.Elapsed;
        _firstAsked ??= now;
        _seen = seen.IsThere ? now : _seen;
        var isFlapping = _starts.Observe(now, CountStarts(seen, look.Of(Target.EdgeAgent)), plan.Flapping);
        (ModuleCondition condition, var reason) = Condition(now, seen, plan, isFlapping);
        _status = _status with
        {
            Condition = condition,
            Since = condition == _status.Condition && _status.Since != DateTimeOffset.UnixEpoch ? _status.Since : look.At,
            Reason = reason,
            Starts = _startCount,
            MemoryBytes = (long?)seen.Numbers?.Sum(WantedMetric.ModuleMemory) ?? (seen.IsThere ? _status.MemoryBytes : null),
        };
        AddCondition(findings);
        if (seen.Numbers is { } numbers)
        {
            _load.Judge(now, numbers, seen.Target, plan, onlineDevices, findings);
        }

        return _status;
    }

    // A start shows as another instance on the module's own page, and edgeAgent counts it too, even one between two looks. Whoever counted more is right.
    private int CountStarts(TargetLook seen, Numbers? edgeAgent)
    {
        if (seen.Numbers?.Instance is { Length: > 0 } instance && !string.Equals(instance, _instance, StringComparison.Ordinal))
        {
            _instanceStarts += _instance is null ? 0 : 1;
            _instance = instance;
        }

        // A module that edgeAgent has not started since its own start is not on its page. The first start of one that nobody saw before is no new one.
        var kept = edgeAgent is null ? 0 : _kept.Observe(edgeAgent.Instance, edgeAgent.Sum(WantedMetric.EdgeAgentStarts, "module_name", name) ?? 0);
        _keptStarts += Math.Max(0, _hasStarted || _instance is not null ? kept : kept - 1);
        _hasStarted |= kept > 0;
        var before = _startCount;
        _startCount = Math.Max(_instanceStarts, (int)Math.Min(_keptStarts, int.MaxValue));
        return _startCount - before;
    }

    private (ModuleCondition Condition, string Reason) Condition(TimeSpan now, TargetLook seen, DeliveryPlan plan, bool isFlapping)
    {
        if (isFlapping)
        {
            return (ModuleCondition.Flapping, string.Create(
                CultureInfo.InvariantCulture, $"it started {plan.Flapping.Count} times or more in {plan.Flapping.Within.TotalMinutes:0.#} minutes"));
        }

        if (!seen.IsThere)
        {
            // At the start of a gateway others come later; one that never came has longer.
            TimeSpan limit = _seen is null ? plan.StartingAfter : plan.MissingAfter;
            return now - (_seen ?? _firstAsked!.Value) >= limit
                ? (ModuleCondition.Missing, seen.Fault)
                : (_status.Condition is ModuleCondition.Flapping ? ModuleCondition.Unknown : _status.Condition, _status.Reason);
        }

        var trouble = seen.Health.Word is HealthWord.Starting or HealthWord.Unhealthy ? seen.Health.Reason : seen.Fault;
        if (seen.Health.Word is not (HealthWord.Starting or HealthWord.Unhealthy) && seen.Numbers is not null)
        {
            _unwellSince = null;
            return (ModuleCondition.Well, "");
        }

        _unwellSince ??= now;
        return now - _unwellSince >= (seen.Health.Word is HealthWord.Starting ? plan.StartingAfter : plan.UnwellAfter)
            ? (ModuleCondition.Unwell, trouble)
            : (_status.Condition is ModuleCondition.Missing or ModuleCondition.Flapping ? ModuleCondition.Unknown : _status.Condition, _status.Reason);
    }

    // The condition has waited for its time already.
    private void AddCondition(ICollection<Finding> findings)
    {
        switch (_status.Condition)
        {
            case ModuleCondition.Missing:
                findings.Add(Found("missing", EventSeverity.High, $"{name} is missing: {_status.Reason}.", $"Run 'iotedge list' and 'iotedge logs {name}' on the gateway."));
                break;
            case ModuleCondition.Flapping:
                findings.Add(Found("flapping", EventSeverity.High, $"{name} starts again and again: {_status.Reason}.", $"Run 'iotedge logs {name}' on the gateway: its last lines say why it ends."));
                break;
            case ModuleCondition.Unwell:
                findings.Add(Found("unwell", EventSeverity.High, $"{name} is unwell: {_status.Reason}.", $"Do what the reason says; 'iotedge logs {name}' on the gateway tells more."));
                break;
        }
    }

    private Finding Found(string what, EventSeverity severity, string title, string remedy) => new($"module/{name}/{what}", severity, title, remedy, TimeSpan.Zero);
}
