using Sallyport.Hosting.Configuration;

namespace Sallyport.Watchdog.Configuration;

/// <summary>Reads the section <c>annunciator</c> of the desired properties.</summary>
internal static class AnnunciatorPlanReader
{
    public static AnnunciatorPlan Read(DesiredReader section)
    {
        if (section.Exists)
        {
            _ = section.IsObjectOf();
        }

        return AnnunciatorPlan.Default;
    }
}
