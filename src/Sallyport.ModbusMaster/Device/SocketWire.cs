using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Sallyport.ModbusMaster.Device;

/// <summary>A TCP connection on which several requests may be on their way, or that is not on Linux.</summary>
internal sealed class SocketWire(Socket socket) : IWire
{
    private const int KeepAliveAfterSeconds = 30;
    private const int KeepAliveEverySeconds = 10;
    private const int KeepAliveProbes = 3;

    /// <summary>Connects a socket that notices a peer that went away without a word.</summary>
    /// <exception cref="WireException">Nobody listens there, there is no way, or it took too long.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async ValueTask<Socket> ConnectAsync(string host, int port, ConnectLimit limit)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            Prepare(socket);
            await socket.ConnectAsync(host, port, limit.Token);
            return socket;
        }
        catch (OperationCanceledException e) when (limit.HasExpired)
        {
            socket.Dispose();
            throw new WireException("cannot connect in time", e);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new WireException($"cannot connect: {e.SocketErrorCode}", e);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends at once, and lets the kernel ask now and then whether the peer is still there.</summary>
    public static void Prepare(Socket socket)
    {
        socket.NoDelay = true;
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, optionValue: true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, KeepAliveAfterSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, KeepAliveEverySeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, KeepAliveProbes);
    }

    /// <inheritdoc/>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        try
        {
            socket.Send(bytes);
        }
        catch (SocketException e)
        {
            throw new IOException("The connection is cut.", e);
        }
    }

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> ReceiveAsync(Memory<byte> destination)
    {
        try
        {
            return await socket.ReceiveAsync(destination, SocketFlags.None);
        }
        catch (SocketException e)
        {
            throw new IOException("The connection is cut.", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => socket.Dispose();
}
