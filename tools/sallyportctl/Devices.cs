using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.EtherNetIpOriginator.Device;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.ModbusMaster.Device;

namespace Sallyport.Ctl;

/// <summary>Opens devices as the modules open them. What they count goes nowhere.</summary>
internal sealed class Devices(TimeProvider time) : IMeterFactory
{
    private readonly List<Meter> _meters = [];
    private ModbusMetrics? _modbus;
    private EtherNetIpMetrics? _etherNetIp;

    /// <summary>The master of a Modbus connection.</summary>
    public IModbusMaster Open(ConnectionPlan connection) =>
        new ModbusMasterFactory(_modbus ??= new ModbusMetrics(this), time, NullLoggerFactory.Instance).Create(connection);

    /// <summary>An EtherNet/IP controller.</summary>
    public IController Open(ControllerPlan controller) =>
        new ControllerFactory(_etherNetIp ??= new EtherNetIpMetrics(this), time, NullLoggerFactory.Instance).Create(controller, static _ => { });

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
