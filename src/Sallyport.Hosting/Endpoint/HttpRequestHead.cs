using System.Text;

namespace Sallyport.Hosting.Endpoint;

/// <summary>The first line of an HTTP/1.x request; headers are not looked at, a body is not read.</summary>
/// <param name="Method">For example <c>GET</c>.</param>
/// <param name="Path">Without query.</param>
/// <remarks>RFC 9112, section 3.</remarks>
internal sealed record HttpRequestHead(string Method, string Path)
{
    /// <summary>The longest head that is read, in bytes.</summary>
    public const int MaxSizeInBytes = 4096;

    private static ReadOnlySpan<byte> End => "\r\n\r\n"u8;

    /// <summary>Whether the whole head has arrived.</summary>
    public static bool IsComplete(ReadOnlySpan<byte> received) => received.IndexOf(End) >= 0;

    /// <summary>Reads a complete head; null if it is none.</summary>
    public static HttpRequestHead? Parse(ReadOnlySpan<byte> received)
    {
        ReadOnlySpan<byte> line = received[..received.IndexOf("\r\n"u8)];
        if (!Ascii.IsValid(line))
        {
            return null;
        }

        string[] parts = Encoding.ASCII.GetString(line).Split(' ');
        return parts is [{ Length: > 0 } method, ['/', ..] target, "HTTP/1.1" or "HTTP/1.0"]
            ? new HttpRequestHead(method, target.Split('?')[0])
            : null;
    }
}
