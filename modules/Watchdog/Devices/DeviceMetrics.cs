using System.Diagnostics.Metrics;
using Sallyport.Watchdog.Scraping;

namespace Sallyport.Watchdog.Devices;

/// <summary>Counts what the picture of the devices lacks.</summary>
internal sealed class DeviceMetrics
{
    private readonly Counter<long> _leftOut;

    public DeviceMetrics(IMeterFactory meters)
    {
        _leftOut = meters.Create(ScrapeMetrics.MeterName).CreateCounter<long>(
            "sallyport.watch.devices_left_out", "{states}", "States of devices, told or read, that were passed over because there are too many devices to watch.");
        _leftOut.Add(0);
    }

    public void LeftOut() => _leftOut.Add(1);
}
