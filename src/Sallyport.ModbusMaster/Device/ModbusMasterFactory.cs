using Microsoft.Extensions.Logging;
using Sallyport.Identity.Revocation;
using Sallyport.ModbusMaster.Configuration;

namespace Sallyport.ModbusMaster.Device;

/// <summary>Makes the master that suits a connection: TCP, TLS, RTU over TCP or a serial line.</summary>
public sealed class ModbusMasterFactory(ModbusMetrics metrics, TimeProvider time, ILoggerFactory logs)
{
    /// <summary>Says which certificates of devices are revoked.</summary>
    public IRevocationCheck Revocation { get; init; } = NoRevocationLists.Instance;

    /// <summary>A master that has not connected yet. The caller owns it.</summary>
    public IModbusMaster Create(ConnectionPlan plan) => new ConnectionMaster(
        plan, new LineHolder(plan, Revocation, metrics, time, logs.CreateLogger<LineHolder>()), metrics, time, logs.CreateLogger<ConnectionMaster>());
}
