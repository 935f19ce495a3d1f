namespace Sallyport.Watchdog.Configuration;

/// <summary>What the module was told to do.</summary>
internal sealed record WatchdogPlan
{
    /// <summary>When delivery, modules and credentials are taken for unwell.</summary>
    public required DeliveryPlan Delivery { get; init; }

    /// <summary>Which lamps and buzzers there are.</summary>
    public required AnnunciatorPlan Annunciator { get; init; }

    /// <summary>Where people may look at the status.</summary>
    public required StatusPagePlan StatusPage { get; init; }

    /// <summary>Which checks are made, and what they hold the box to.</summary>
    public required PosturePlan Posture { get; init; }
}
