using System.Net;
using System.Net.Sockets;

namespace Sallyport.IotHub.Tests.Broker;

/// <summary>Loopback addresses that nobody else uses: port 8883 is fixed, so each broker has an address of its own.</summary>
internal static class LoopbackAddress
{
    private static int _last;

    public static IPAddress Next()
    {
        while (true)
        {
            int number = Interlocked.Increment(ref _last);
            IPAddress address = new([127, (byte)(101 + (Environment.ProcessId % 97)), (byte)((Environment.ProcessId / 97) % 250 + 1), (byte)((number % 250) + 1)]);
            try
            {
                using var probe = new TcpListener(address, 8883);
                probe.Start();
                return address;
            }
            catch (SocketException)
            {
                // Taken; the next one.
            }
        }
    }
}
