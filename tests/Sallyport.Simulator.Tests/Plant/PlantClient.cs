using System.Net;
using System.Net.Sockets;
using static Sallyport.Simulator.Tests.Plant.PlantMemoryTests;

namespace Sallyport.Simulator.Tests.Plant;

/// <summary>A client of the plant that deals in bytes.</summary>
internal sealed class PlantClient : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public int Available => _socket.Available;

    public static async Task<PlantClient> ConnectAsync(IPEndPoint endpoint)
    {
        var client = new PlantClient();
        await client._socket.ConnectAsync(endpoint, Cancellation);
        return client;
    }

    public void Dispose() => _socket.Dispose();

    public Task SendAsync(string hex) => SendAsync(Bytes(hex));

    public async Task SendAsync(byte[] bytes) => await _socket.SendAsync(bytes, Cancellation);

    public async Task<byte[]> ReceiveAsync(int count)
    {
        var bytes = new byte[count];
        await using var stream = new NetworkStream(_socket, ownsSocket: false);
        await stream.ReadExactlyAsync(bytes, Cancellation);
        return bytes;
    }

    /// <summary>Whether the connection is over. A peer that leaves bytes unread resets it instead of ending it.</summary>
    public async Task<bool> IsCutAsync()
    {
        try
        {
            return await _socket.ReceiveAsync(new byte[1], Cancellation) == 0;
        }
        catch (SocketException reset)
        {
            return reset.SocketErrorCode is SocketError.ConnectionReset;
        }
    }
}
