using System.Diagnostics.Metrics;
using Sallyport.ModbusMaster.Device;

namespace Sallyport.ModbusReader.Polling;

/// <summary>Counts what the reader learns about devices: addresses that they refuse, and who they are.</summary>
internal sealed class ReadingMetrics
{
    private readonly Counter<long> _divisions;
    private readonly Counter<long> _quarantined;
    private readonly Counter<long> _identifications;

    /// <summary>Creates the instruments.</summary>
    public ReadingMetrics(IMeterFactory meters)
    {
        Meter meter = meters.Create(ModbusMetrics.MeterName);
        _divisions = meter.CreateCounter<long>(
            "sallyport.modbus.divisions", unit: "{request}", description: "Read requests that were divided because the device refused their addresses.");
        _quarantined = meter.CreateCounter<long>(
            "sallyport.modbus.quarantined", unit: "{point}", description: "Points that the device refused for themselves and that are asked for rarely from then on.");
        _identifications = meter.CreateCounter<long>(
            "sallyport.modbus.identifications", unit: "{unit}", description: "Times that a unit was asked who it is, by outcome: known or unknown.");
        _divisions.Add(0);
        _quarantined.Add(0);
        _identifications.Add(0, Outcome(isKnown: true));
        _identifications.Add(0, Outcome(isKnown: false));
    }

    /// <summary>A request was divided.</summary>
    public void Divided() => _divisions.Add(1);

    /// <summary>Points are asked for rarely from now on.</summary>
    public void Quarantined(int points) => _quarantined.Add(points);

    /// <summary>A unit was asked who it is.</summary>
    public void Identified(bool isKnown) => _identifications.Add(1, Outcome(isKnown));

    private static KeyValuePair<string, object?> Outcome(bool isKnown) => new("outcome", isKnown ? "known" : "unknown");
}
