using System.Text;

namespace Sallyport.Hosting.Endpoint;

/// <summary>What is looked at of an HTTP/1.x request; a body is not read.</summary>
/// <param name="Method">For example <c>GET</c>.</param>
/// <param name="Path">Without query.</param>
/// <param name="Host">Of the field <c>Host</c>, with the port if it has one; empty if there is none or more than one.</param>
/// <remarks>RFC 9112, section 3.</remarks>
public sealed record HttpRequestHead(string Method, string Path, string Host)
{
    /// <summary>The longest head that is read, in bytes.</summary>
    public const int MaxSizeInBytes = 4096;

    private const string HostField = "Host:";

    private static ReadOnlySpan<byte> End => "\r\n\r\n"u8;

    /// <summary>Whether the whole head has arrived.</summary>
    public static bool IsComplete(ReadOnlySpan<byte> received) => received.IndexOf(End) >= 0;

    /// <summary>Reads a complete head; null if it is none.</summary>
    public static HttpRequestHead? Parse(ReadOnlySpan<byte> received)
    {
        ReadOnlySpan<byte> head = received[..received.IndexOf(End)];
        if (head.IndexOf("\r\n"u8) is var lineEnd and >= 0 ? !Ascii.IsValid(head[..lineEnd]) : !Ascii.IsValid(head))
        {
            return null;
        }

        string[] lines = Encoding.Latin1.GetString(head).Split("\r\n");
        return lines[0].Split(' ') is [{ Length: > 0 } method, ['/', ..] target, "HTTP/1.1" or "HTTP/1.0"]
            ? new HttpRequestHead(method, target.Split('?')[0], HostOf(lines))
            : null;
    }

    private static string HostOf(string[] lines)
    {
        string[] hosts = Array.FindAll(lines, static line => line.StartsWith(HostField, StringComparison.OrdinalIgnoreCase));
        return hosts is [{ } one] ? one[HostField.Length..].Trim(' ', '\t') : "";
    }
}
