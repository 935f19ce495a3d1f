using System.Globalization;
using Sallyport.Telemetry;
using Sallyport.Watchdog.Alarms;
using Sallyport.Watchdog.Configuration;
using Sallyport.Watchdog.Delivery;
using Sallyport.Watchdog.Devices;
using Sallyport.Watchdog.Scraping;

namespace Sallyport.Watchdog.Modules;

/// <summary>Whether what a module counts is too much: due times missed, memory, silence, refused sign-ins. One caller.</summary>
/// <param name="name">As in the manifest.</param>
internal sealed class ModuleLoad(string name)
{
    private readonly Recent _overrunning = new();
    private readonly Recent _refused = new();
    private readonly Growth _overruns = new();
    private readonly Growth _published = new();
    private readonly Growth _refusals = new();
    private readonly FrameWatch _frames = new();
    private TimeSpan _lastSent;

    /// <summary>Judges one page.</summary>
    /// <param name="now">On the clock that nobody sets.</param>
    /// <param name="numbers">The page.</param>
    /// <param name="target">Whose it is.</param>
    /// <param name="plan">What is too long, too often, too much.</param>
    /// <param name="onlineDevices">Controllers that the module has on line.</param>
    /// <param name="findings">Takes what is wrong.</param>
    public void Judge(TimeSpan now, Numbers numbers, Target target, DeliveryPlan plan, IReadOnlySet<string> onlineDevices, ICollection<Finding> findings)
    {
        if (_overrunning.Observe(now, _overruns.Observe(numbers.Instance, numbers.Sum(WantedMetric.PollOverruns)), plan.Overruns))
        {
            findings.Add(Found("overruns", EventSeverity.Low, $"{name} misses due times: its polls take longer than their intervals.", "Make intervals longer, or look why the controller is slow."));
        }

        if (numbers.Sum(WantedMetric.ModuleMemory) > target.MemoryLimitInBytes)
        {
            findings.Add(Found(
                "memory",
                EventSeverity.Medium,
                string.Create(CultureInfo.InvariantCulture, $"{name} takes more memory than its limit of {target.MemoryLimitInBytes / 1048576} MiB."),
                $"Run 'iotedge logs {name}' on the gateway and report it; a restart of the module gives the memory back.",
                plan.UnwellAfter));
        }

        if (_published.Observe(numbers.Instance, numbers.Sum(WantedMetric.OutboxPublished, "output", "telemetry")) > 0 || onlineDevices.Count == 0)
        {
            _lastSent = now;
        }

        // When the whole reader is silent, nobody needs to hear it of each of its devices.
        IEnumerable<Finding> silentDevices = _frames.Judge(now, name, numbers, onlineDevices, plan);
        foreach (Finding silent in now - _lastSent >= plan.SilentAfter ? [SilentReader()] : silentDevices)
        {
            findings.Add(silent);
        }

        // edgeHub counts those that it turned away, modules those that it was turned away by.
        var refusals = (numbers.Sum(WantedMetric.HubAuthenticationFailures) ?? 0) + (numbers.Sum(WantedMetric.EdgeHubConnectFailed) ?? 0);
        if (_refused.Observe(now, _refusals.Observe(numbers.Instance, refusals), plan.Refusals))
        {
            findings.Add(new Finding(
                $"credential/{name}/refused",
                EventSeverity.High,
                string.Equals(name, Target.EdgeHub, StringComparison.Ordinal) ? "edgeHub turns clients away again and again." : $"{name} is turned away again and again: its credentials are refused.",
                "Find out who signs in with what: a key that was replaced, a clock that is wrong, or somebody who tries.",
                TimeSpan.Zero));
        }
    }

    private Finding SilentReader() => Found(
        "silent", EventSeverity.High, $"{name} has devices on line and sends no frames.", $"Run 'iotedge logs {name}' on the gateway; compare the intervals of its plan with delivery/silentAfterMs.");

    private Finding Found(string what, EventSeverity severity, string title, string remedy, TimeSpan after = default) => new($"module/{name}/{what}", severity, title, remedy, after);
}
