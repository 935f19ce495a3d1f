using System.Net;
using System.Net.Sockets;

namespace Sallyport.ModbusMaster.Device;

/// <summary>Connects a socket for a <see cref="PolledWire"/>. The runtime's own poller never hears of it, else it would wake for each reply too.</summary>
internal static class QuickSocket
{
    private static readonly byte[] Ring = [1, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>Connects to the first address of a host that answers.</summary>
    /// <exception cref="WireException">Nobody listens there, there is no way, or it took too long.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async ValueTask<IWire> OpenAsync(string host, int port, ConnectLimit limit)
    {
        try
        {
            SocketError error = SocketError.HostNotFound;
            foreach (IPAddress address in await Dns.GetHostAddressesAsync(host, limit.Token))
            {
                var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
                error = await ConnectAsync(socket, new IPEndPoint(address, port), limit.Token);
                if (error is SocketError.Success)
                {
                    return new PolledWire(Descriptor(socket), () => Cut(socket), socket.Dispose);
                }

                socket.Dispose();
                limit.Token.ThrowIfCancellationRequested();
            }

            throw new WireException($"cannot connect: {error}");
        }
        catch (OperationCanceledException e) when (limit.HasExpired)
        {
            throw new WireException("cannot connect in time", e);
        }
        catch (SocketException e)
        {
            throw new WireException($"cannot connect: {e.SocketErrorCode}", e);
        }
    }

    private static async ValueTask<SocketError> ConnectAsync(Socket socket, IPEndPoint endpoint, CancellationToken cancellationToken)
    {
        SocketWire.Prepare(socket);
        try
        {
#pragma warning disable CA1849, VSTHRD103 // Does not block: the socket is told not to.
            socket.Connect(endpoint);
#pragma warning restore CA1849, VSTHRD103
            return SocketError.Success;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            // A thread of its own, for as long as the peer takes: many dead peers must not use up the threads of the pool.
            return await Task.Factory.StartNew(
                () => Wait(socket, cancellationToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode;
        }
    }

    private static SocketError Wait(Socket socket, CancellationToken cancellationToken)
    {
        int bell = PosixCalls.CreateEvent(0, PosixCalls.CloseOnExec);
        using (cancellationToken.UnsafeRegister(static state => PosixCalls.Write((int)state!, Ring, (nuint)Ring.Length), bell))
        {
            Span<PosixCalls.Watched> watched =
            [
                new() { Descriptor = Descriptor(socket), Wanted = PosixCalls.Writable },
                new() { Descriptor = bell, Wanted = PosixCalls.Readable },
            ];
            while (PosixCalls.Poll(watched, (nuint)watched.Length, timeoutMs: -1) <= 0)
            {
                // Interrupted by a signal.
            }
        }

        _ = PosixCalls.Close(bell);
        return cancellationToken.IsCancellationRequested
            ? SocketError.OperationAborted
            : (SocketError)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)!;
    }

    private static int Descriptor(Socket socket) => (int)socket.SafeHandle.DangerousGetHandle();

    private static void Cut(Socket socket)
    {
        try
        {
            socket.Shutdown(SocketShutdown.Both);
        }
        catch (SocketException)
        {
            // The peer was faster.
        }
    }
}
