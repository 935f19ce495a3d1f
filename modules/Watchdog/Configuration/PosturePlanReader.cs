using Sallyport.Hosting.Configuration;

namespace Sallyport.Watchdog.Configuration;

/// <summary>Reads the section <c>posture</c> of the desired properties.</summary>
internal static class PosturePlanReader
{
    public static PosturePlan Read(DesiredReader section)
    {
        if (section.Exists)
        {
            _ = section.IsObjectOf();
        }

        return PosturePlan.Default;
    }
}
