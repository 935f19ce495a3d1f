using System.Net.Sockets;

namespace Sallyport.Hosting.Endpoint;

/// <summary>One connection of a small page for people or collectors: one request, one answer, the end.</summary>
public static class HttpExchange
{
    /// <summary>How long one connection may take, from accept to the last byte.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>Owns the socket from here on. Does not throw, whatever the peer does.</summary>
    /// <param name="socket">What was accepted.</param>
    /// <param name="answer">Makes the answer; null stands for what is no request.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stop">Gives it up.</param>
    /// <returns>Why the connection was given up; null if it was answered.</returns>
    public static async Task<string?> ServeAsync(Socket socket, Func<HttpRequestHead?, HttpAnswer> answer, TimeProvider time, CancellationToken stop)
    {
        using Socket owned = socket;
        using var deadline = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
        try
        {
            byte[] head = await ReceiveHeadAsync(socket, either.Token);
            HttpAnswer made = head.Length == 0 ? HttpAnswer.BadRequest : answer(HttpRequestHead.Parse(head));
            await SendAsync(socket, made.ToBytes(), either.Token);
            socket.Shutdown(SocketShutdown.Both);
            return null;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            return e.Message;
        }
    }

    // Empty when the peer sent more than a head may have, or stopped before its end.
    private static async Task<byte[]> ReceiveHeadAsync(Socket socket, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[HttpRequestHead.MaxSizeInBytes];
        int length = 0;
        while (length < buffer.Length)
        {
            int received = await socket.ReceiveAsync(buffer.AsMemory(length), SocketFlags.None, cancellationToken);
            if (received == 0)
            {
                return [];
            }

            length += received;
            if (HttpRequestHead.IsComplete(buffer.AsSpan(0, length)))
            {
                return buffer[..length];
            }
        }

        return [];
    }

    private static async Task SendAsync(Socket socket, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (bytes.Length > 0)
        {
            int sent = await socket.SendAsync(bytes, SocketFlags.None, cancellationToken);
            bytes = bytes[sent..];
        }
    }
}
