using System.Diagnostics;
using Sallyport.ModbusMaster.Configuration;

namespace Sallyport.ModbusMaster.Device;

/// <summary>Opens the kind of wire that an endpoint needs.</summary>
internal static class WireOpening
{
    /// <summary>Opens it within the plan's time.</summary>
    /// <exception cref="WireException">It cannot be opened; the message says why in a few words.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async ValueTask<IWire> OpenAsync(ConnectionPlan plan, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new ConnectLimit(plan.ConnectTimeout, time, cancellationToken);
        return plan.Endpoint switch
        {
            ModbusEndpoint.Tcp tcp => new SocketWire(await SocketWire.ConnectAsync(tcp.Host, tcp.Port, limit)),
            ModbusEndpoint.RtuOverTcp tcp => new SocketWire(await SocketWire.ConnectAsync(tcp.Host, tcp.Port, limit)),
            ModbusEndpoint.Tls tls => await TlsWire.OpenAsync(tls, plan.Tls!, time, limit),
            ModbusEndpoint.Serial serial => SerialWire.Open(serial),
            _ => throw new UnreachableException($"No such endpoint: {plan.Endpoint}."),
        };
    }
}
