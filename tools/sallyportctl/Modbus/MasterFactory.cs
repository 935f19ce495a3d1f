using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.ModbusMaster.Device;

namespace Sallyport.Ctl.Modbus;

/// <summary>Makes masters as the module makes them. What they count goes nowhere.</summary>
internal sealed class MasterFactory(TimeProvider time) : IMeterFactory
{
    private readonly List<Meter> _meters = [];
    private ModbusMetrics? _metrics;

    /// <summary>The master of a connection.</summary>
    public IModbusMaster Open(ConnectionPlan connection) =>
        new ModbusMasterFactory(_metrics ??= new ModbusMetrics(this), time, NullLoggerFactory.Instance).Create(connection);

    /// <inheritdoc/>
    public Meter Create(MeterOptions options)
    {
        var meter = new Meter(options);
        _meters.Add(meter);
        return meter;
    }

    /// <inheritdoc/>
    public void Dispose() => _meters.ForEach(meter => meter.Dispose());
}
