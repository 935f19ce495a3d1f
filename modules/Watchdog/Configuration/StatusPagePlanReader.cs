using Sallyport.Hosting.Configuration;

namespace Sallyport.Watchdog.Configuration;

/// <summary>Reads the section <c>statusPage</c> of the desired properties.</summary>
internal static class StatusPagePlanReader
{
    public static StatusPagePlan Read(DesiredReader section)
    {
        if (section.Exists)
        {
            _ = section.IsObjectOf();
        }

        return StatusPagePlan.Default;
    }
}
