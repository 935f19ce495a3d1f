using System.Collections.Immutable;
using Sallyport.Watchdog.Alarms;
using Sallyport.Watchdog.Configuration;
using Sallyport.Watchdog.Credentials;
using Sallyport.Watchdog.Devices;
using Sallyport.Watchdog.Modules;
using Sallyport.Watchdog.Scraping;
using Sallyport.Watchdog.Status;

namespace Sallyport.Watchdog.Delivery;

/// <summary>Makes of looks what they mean: delivery, modules, devices, credentials. Remembers what it needs from look to look. One caller.</summary>
internal sealed class GatewayWatch(DeviceBoard devices)
{
    private readonly DeliveryMachine _delivery = new();
    private readonly FillRate _fillRate = new();
    private readonly Dictionary<string, ModuleWatch> _modules = new(StringComparer.Ordinal);
    private BufferStatus _buffer = BufferStatus.Unknown;

    /// <summary>SecureBuffer was asked for another connection.</summary>
    public void ReconnectAsked() => _delivery.ReconnectAsked();

    /// <summary>Judges one look.</summary>
    public GatewayJudgement Judge(Look look, DeliveryPlan plan)
    {
        var findings = new List<Finding>();
        DeliveryVerdict delivery = _delivery.Judge(look, plan);
        findings.AddRange(DeliveryFindings.Of(delivery, plan));
        ImmutableArray<ModuleStatus> modules = [.. look.Targets.Select(seen => JudgeModule(look, seen, plan, findings))];
        foreach (var gone in _modules.Keys.Except(look.Targets.Select(seen => seen.Target.Name), StringComparer.Ordinal).ToArray())
        {
            _ = _modules.Remove(gone);
        }

        ImmutableArray<FieldDeviceStatus> all = devices.All;
        findings.AddRange(DeviceBoard.FindingsOf(all, plan));
        ImmutableArray<CredentialStatus> credentials = CredentialWatch.Judge(look, findings);
        BufferStatus buffer = JudgeBuffer(look, plan);
        findings.AddRange(DeliveryFindings.OfBuffer(delivery, buffer, plan));
        return new GatewayJudgement(delivery, buffer, modules, all, credentials, [.. findings.DistinctBy(finding => finding.Id, StringComparer.Ordinal)]);
    }

    private ModuleStatus JudgeModule(Look look, TargetLook seen, DeliveryPlan plan, List<Finding> findings)
    {
        var name = seen.Target.Name;
        if (seen.Numbers is { } numbers)
        {
            devices.Observe(name, numbers, look.At);
        }

        if (!_modules.TryGetValue(name, out ModuleWatch? module))
        {
            _modules[name] = module = new ModuleWatch(name);
        }

        return module.Judge(look, seen, plan, devices.Online(name), findings);
    }

    // What was seen last stands until there is something newer.
    private BufferStatus JudgeBuffer(Look look, DeliveryPlan plan)
    {
        if (look.Of(WatchedModule.Buffer) is { } page)
        {
            var numbers = new BufferNumbers(page, edgeHub: null);
            TimeSpan? timeToFull = _fillRate.Observe(look.Elapsed, numbers.Size, numbers.Capacity);
            _buffer = new BufferStatus(numbers.UsedShare, (long)numbers.Waiting, timeToFull, numbers.UsedShare >= plan.FullShare, (long)(numbers.Lost ?? 0));
        }

        return _buffer;
    }
}
