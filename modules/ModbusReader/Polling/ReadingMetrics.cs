using System.Diagnostics.Metrics;
using Sallyport.ModbusMaster.Device;

namespace Sallyport.ModbusReader.Polling;

/// <summary>Counts what the reader does about addresses that devices refuse.</summary>
internal sealed class ReadingMetrics
{
    private readonly Counter<long> _divisions;
    private readonly Counter<long> _quarantined;

    /// <summary>Creates the instruments.</summary>
    public ReadingMetrics(IMeterFactory meters)
    {
        Meter meter = meters.Create(ModbusMetrics.MeterName);
        _divisions = meter.CreateCounter<long>(
            "sallyport.modbus.divisions", unit: "{request}", description: "Read requests that were divided because the device refused their addresses.");
        _quarantined = meter.CreateCounter<long>(
            "sallyport.modbus.quarantined", unit: "{point}", description: "Points that the device refused for themselves and that are asked for rarely from then on.");
        _divisions.Add(0);
        _quarantined.Add(0);
    }

    /// <summary>A request was divided.</summary>
    public void Divided() => _divisions.Add(1);

    /// <summary>Points are asked for rarely from now on.</summary>
    public void Quarantined(int points) => _quarantined.Add(points);
}
