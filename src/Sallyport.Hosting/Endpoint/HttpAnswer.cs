using System.Globalization;
using System.Text;

namespace Sallyport.Hosting.Endpoint;

/// <summary>One answer. The connection ends with it.</summary>
/// <param name="Status">HTTP status code.</param>
/// <param name="ContentType">Of the body.</param>
/// <param name="Body">Text, sent as UTF-8.</param>
public sealed record HttpAnswer(int Status, string ContentType, string Body)
{
    /// <summary>The methods that are served, for answer 405.</summary>
    public string Allow { get; init; } = "GET";

    /// <summary>Further header fields, each with its end of line; constants, never anything that came from outside.</summary>
    public string Fields { get; init; } = "";

    /// <summary>Whether the body is left out, as the answer to <c>HEAD</c> wants it; its length is told.</summary>
    public bool IsHeadOnly { get; init; }

    /// <summary>For what is not understood.</summary>
    public static HttpAnswer BadRequest { get; } = Plain(400, "This is no HTTP request.");

    internal static HttpAnswer NotFound { get; } = Plain(404, "There are /metrics and /healthz.");

    internal static HttpAnswer MethodNotAllowed { get; } = Plain(405, "Only GET is served.");

    /// <summary>A sentence as an answer.</summary>
    public static HttpAnswer Plain(int status, string text) => new(status, "text/plain; charset=utf-8", text + "\n");

    /// <summary>What goes over the wire.</summary>
    public byte[] ToBytes()
    {
        byte[] body = Encoding.UTF8.GetBytes(Body);
        string head = string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 {Status} {Phrase(Status)}\r\nContent-Type: {ContentType}\r\nContent-Length: {body.Length}\r\n"
            + $"Cache-Control: no-store\r\n{(Status == 405 ? $"Allow: {Allow}\r\n" : "")}{Fields}Connection: close\r\n\r\n");
        return [.. Encoding.ASCII.GetBytes(head), .. IsHeadOnly ? [] : body];
    }

    private static string Phrase(int status) => status switch
    {
        200 => "OK",
        400 => "Bad Request",
        404 => "Not Found",
        405 => "Method Not Allowed",
        421 => "Misdirected Request",
        _ => "Service Unavailable",
    };
}
