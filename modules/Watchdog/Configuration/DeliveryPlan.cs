using System.Collections.Immutable;

namespace Sallyport.Watchdog.Configuration;

/// <summary>When delivery, modules and credentials are taken for unwell.</summary>
internal sealed record DeliveryPlan
{
    /// <summary>What holds when nothing is said.</summary>
    public static DeliveryPlan Default { get; } = new();

    /// <summary>The modules that are watched, in this order.</summary>
    public ImmutableArray<WatchedModule> Modules { get; init; } = [WatchedModule.Of(WatchedModule.Buffer)];

    /// <summary>Where edgeHub's metrics are; null for the gateway's host name, port 9600.</summary>
    public Uri? EdgeHub { get; init; }

    /// <summary>Where edgeAgent's metrics are; null if it is not watched.</summary>
    public Uri? EdgeAgent { get; init; } = WatchedModule.Of("edgeAgent").Address;

    /// <summary>Time from look to look.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Connected, something is due, and nothing was delivered for so long: delivery is stalled.</summary>
    public TimeSpan StalledAfter { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>So long without a way to the cloud is an alarm.</summary>
    public TimeSpan OfflineAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>So long without an answer is a missing module.</summary>
    public TimeSpan MissingAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A module has so long to get over what its health report says.</summary>
    public TimeSpan UnwellAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A module has so long to begin its work, and one that was never seen so long to appear.</summary>
    public TimeSpan StartingAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A reader that has a device on line and sends nothing for so long is silent.</summary>
    public TimeSpan SilentAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>So long without an answer is a dead controller.</summary>
    public TimeSpan DeviceOfflineAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>What an alarm was raised for has to be gone for so long.</summary>
    public TimeSpan ClearAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>More resident memory than that is an alarm, for modules that say nothing else.</summary>
    public long MemoryLimitInBytes { get; init; } = 100 * 1024 * 1024;

    /// <summary>A module that starts so often is flapping.</summary>
    public CountWithin Flapping { get; init; } = new(3, TimeSpan.FromMinutes(10));

    /// <summary>So many refused sign-ins are no mistake.</summary>
    public CountWithin Refusals { get; init; } = new(5, TimeSpan.FromMinutes(15));

    /// <summary>A reader that misses so many due times is too slow for its plan.</summary>
    public CountWithin Overruns { get; init; } = new(60, TimeSpan.FromMinutes(5));

    /// <summary>A ring that is as full as this, 0 to 1, degrades delivery.</summary>
    public double FullShare { get; init; } = 0.8;

    /// <summary>Files whose change is put down, by the name that people know them by.</summary>
    public ImmutableArray<WatchedFile> Files { get; init; } = [];
}
