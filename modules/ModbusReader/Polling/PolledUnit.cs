using Microsoft.Extensions.Logging;
using Sallyport.Acquisition;
using Sallyport.Acquisition.Polling;
using Sallyport.Acquisition.Publishing;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.ModbusMaster.Device;

namespace Sallyport.ModbusReader.Polling;

/// <summary>A unit that is being polled.</summary>
internal sealed class PolledUnit(
    UnitPlan plan,
    IModbusMaster master,
    DeviceStatusTracker status,
    DeviceDescription<UnitPlan> description,
    UnitIdentification identification,
    ReadingMetrics metrics,
    Func<double> random,
    TimeProvider time,
    ILogger<GroupReader> logger) : IPolledSource<UnitPlan, PollPlan>
{
    /// <inheritdoc/>
    public DeviceStatusTracker Status => status;

    /// <inheritdoc/>
    public void Use(UnitPlan plan, string configurationHash) => description.Use(plan.Name, plan, configurationHash);

    /// <inheritdoc/>
    public IGroupReader CreateReader(PollPlan group) => new GroupReader(plan, group, master, metrics, time, random, logger);

    /// <inheritdoc/>
    public void StopAsking() => identification.Stop();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => identification.DisposeAsync();
}
