using System.Collections.Immutable;
using Sallyport.Posture.Report;

namespace Sallyport.Watchdog.Audit;

/// <summary>Digests of the host's configuration, from its last report that could be believed. One writer, any number of readers.</summary>
internal sealed class HostConfiguration
{
    private volatile ConfigurationFacts _last = new([]);

    /// <summary>Empty before the first.</summary>
    public ImmutableArray<ConfigurationDigest> Items => _last.Items;

    public void Take(ReportReading reading)
    {
        if (reading is ReportReading.Usable { Report.Configuration.Found: { } found })
        {
            _last = found;
        }
    }
}
