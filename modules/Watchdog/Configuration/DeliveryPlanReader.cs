using Sallyport.Hosting.Configuration;

namespace Sallyport.Watchdog.Configuration;

/// <summary>Reads the section <c>delivery</c> of the desired properties.</summary>
internal static class DeliveryPlanReader
{
    public static DeliveryPlan Read(DesiredReader section)
    {
        if (section.Exists)
        {
            _ = section.IsObjectOf();
        }

        return DeliveryPlan.Default;
    }
}
