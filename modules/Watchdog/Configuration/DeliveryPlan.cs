namespace Sallyport.Watchdog.Configuration;

/// <summary>When delivery, modules and credentials are taken for unwell.</summary>
internal sealed record DeliveryPlan
{
    /// <summary>What holds when nothing is said.</summary>
    public static DeliveryPlan Default { get; } = new();
}
