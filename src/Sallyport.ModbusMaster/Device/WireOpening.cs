using System.Diagnostics;
using Sallyport.Identity.Revocation;
using Sallyport.ModbusMaster.Configuration;

namespace Sallyport.ModbusMaster.Device;

/// <summary>Opens the kind of wire that an endpoint needs.</summary>
internal static class WireOpening
{
    /// <summary>Opens it within the plan's time.</summary>
    /// <exception cref="WireException">It cannot be opened; the message says why in a few words.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async ValueTask<IWire> OpenAsync(ConnectionPlan plan, IRevocationCheck revocation, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new ConnectLimit(plan.ConnectTimeout, time, cancellationToken);
        return plan.Endpoint switch
        {
            ModbusEndpoint.Tcp tcp => await TcpAsync(tcp.Host, tcp.Port, plan.Depth, limit),
            ModbusEndpoint.RtuOverTcp tcp => await TcpAsync(tcp.Host, tcp.Port, plan.Depth, limit),
            ModbusEndpoint.Tls tls => await TlsWire.OpenAsync(tls, plan.Tls!, revocation, time, limit),
            ModbusEndpoint.Serial serial => SerialPort.Open(serial),
            _ => throw new UnreachableException($"No such endpoint: {plan.Endpoint}."),
        };
    }

    /// <summary>With one request at a time, the way from a reply to the next request counts; with several, they hide it.</summary>
    private static async ValueTask<IWire> TcpAsync(string host, int port, int depth, ConnectLimit limit) => depth == 1 && OperatingSystem.IsLinux()
        ? await QuickSocket.OpenAsync(host, port, limit)
        : new SocketWire(await SocketWire.ConnectAsync(host, port, limit));
}
