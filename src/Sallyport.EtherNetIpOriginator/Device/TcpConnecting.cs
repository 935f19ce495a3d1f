using System.Net.Sockets;

namespace Sallyport.EtherNetIpOriginator.Device;

/// <summary>Connects the socket of a session.</summary>
internal static class TcpConnecting
{
    private const int KeepAliveAfterSeconds = 30;
    private const int KeepAliveEverySeconds = 10;
    private const int KeepAliveProbes = 3;

    /// <summary>Connects within the plan's time.</summary>
    /// <returns>The socket, or why there is none.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async ValueTask<(Socket? Socket, string? Reason)> ConnectAsync(ControllerPlan plan, TimeProvider time, CancellationToken stop)
    {
        using var deadline = new CancellationTokenSource(plan.ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            Prepare(socket);
            await socket.ConnectAsync(plan.Host, plan.Port, either.Token);
            return (socket, null);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            socket.Dispose();
            return (null, "cannot connect in time");
        }
        catch (SocketException e)
        {
            socket.Dispose();
            return (null, $"cannot connect: {e.SocketErrorCode}");
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends at once, and lets the kernel ask now and then whether the peer is still there.</summary>
    private static void Prepare(Socket socket)
    {
        socket.NoDelay = true;
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, optionValue: true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, KeepAliveAfterSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, KeepAliveEverySeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, KeepAliveProbes);
    }
}
