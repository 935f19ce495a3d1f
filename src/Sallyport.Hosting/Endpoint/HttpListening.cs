using System.Net;
using System.Net.Sockets;

namespace Sallyport.Hosting.Endpoint;

/// <summary>Sockets that listen.</summary>
public static class HttpListening
{
    /// <summary>Takes an address.</summary>
    /// <param name="address">An IP address, or <c>*</c> for all.</param>
    /// <param name="port">0 takes a free one.</param>
    /// <exception cref="SocketException">It is taken, or not one of this machine.</exception>
    public static Socket Open(string address, int port)
    {
        bool isAny = address is "*";
        IPAddress bound = !isAny ? IPAddress.Parse(address) : Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any;
        var listener = new Socket(bound.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (isAny && bound.AddressFamily == AddressFamily.InterNetworkV6)
            {
                listener.DualMode = true;
            }

            listener.Bind(new IPEndPoint(bound, port));
            listener.Listen(HttpLanes.Backlog);
            return listener;
        }
        catch
        {
            listener.Dispose();
            throw;
        }
    }
}
