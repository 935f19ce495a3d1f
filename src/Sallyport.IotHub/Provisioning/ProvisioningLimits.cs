namespace Sallyport.IotHub.Provisioning;

/// <summary>Time limits of a registration. The defaults fit the service.</summary>
public sealed record ProvisioningLimits
{
    /// <summary>From dialling to the subscription.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>From the subscription to the assignment, all waits that the service asks for included.</summary>
    public TimeSpan Assignment { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The least time between two questions, whatever the service says.</summary>
    public TimeSpan ShortestWait { get; init; } = TimeSpan.FromSeconds(2);
}
