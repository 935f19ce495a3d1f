using System.Net.Sockets;

namespace Sallyport.Hosting.Endpoint;

/// <summary>Accepts connections and serves a few of them at a time; others wait in the kernel's queue.</summary>
public static class HttpLanes
{
    /// <summary>Connections at a time.</summary>
    public const int Count = 8;

    /// <summary>Connections that may wait.</summary>
    public const int Backlog = 64;

    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    /// <summary>Serves until <paramref name="stop"/>.</summary>
    /// <param name="listener">Listens already; stays the caller's.</param>
    /// <param name="serve">Owns the socket that it gets, and does not throw but for the stop.</param>
    /// <param name="onAcceptFailure">Hears why a connection could not be accepted.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stop">Ends it.</param>
    public static async Task RunAsync(
        Socket listener, Func<Socket, CancellationToken, Task> serve, Action<string> onAcceptFailure, TimeProvider time, CancellationToken stop)
    {
        IEnumerable<Task> lanes = Enumerable.Range(0, Count).Select(_ => ServeOneByOneAsync(listener, serve, onAcceptFailure, time, stop));

        // A lane ends only by the stop, or by a fault of ours, which must not go unnoticed while the other lanes live.
        await await Task.WhenAny(lanes);
    }

    private static async Task ServeOneByOneAsync(
        Socket listener, Func<Socket, CancellationToken, Task> serve, Action<string> onAcceptFailure, TimeProvider time, CancellationToken stop)
    {
        while (true)
        {
            await serve(await AcceptAsync(listener, onAcceptFailure, time, stop), stop);
        }
    }

    private static async Task<Socket> AcceptAsync(Socket listener, Action<string> onAcceptFailure, TimeProvider time, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                return await listener.AcceptAsync(stop);
            }
            catch (SocketException e)
            {
                // The peer was gone already, or the process has no file descriptors left: neither is the end of the module.
                onAcceptFailure(e.Message);
                await Task.Delay(PauseAfterFailure, time, stop);
            }
        }
    }
}
