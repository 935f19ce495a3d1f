namespace Sallyport.Watchdog.Scraping;

/// <summary>Somebody who is asked at each look.</summary>
/// <param name="Name">As in the manifest.</param>
/// <param name="Address">Of its pages.</param>
/// <param name="HasHealth">Whether it has a health report besides metrics: modules of ours have.</param>
/// <param name="MemoryLimitInBytes">More is an alarm.</param>
internal sealed record Target(string Name, Uri Address, bool HasHealth, long MemoryLimitInBytes)
{
    public const string EdgeHub = "edgeHub";

    public const string EdgeAgent = "edgeAgent";
}
