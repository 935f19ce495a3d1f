using System.Globalization;
using System.Text;

namespace Sallyport.Hosting.Endpoint;

/// <summary>One answer. The connection ends with it.</summary>
/// <param name="Status">HTTP status code.</param>
/// <param name="ContentType">Of the body.</param>
/// <param name="Body">Text, sent as UTF-8.</param>
internal sealed record HttpAnswer(int Status, string ContentType, string Body)
{
    public static HttpAnswer BadRequest { get; } = Plain(400, "This is no HTTP request.");

    public static HttpAnswer NotFound { get; } = Plain(404, "There are /metrics and /healthz.");

    public static HttpAnswer MethodNotAllowed { get; } = Plain(405, "Only GET is served.");

    public byte[] ToBytes()
    {
        byte[] body = Encoding.UTF8.GetBytes(Body);
        string head = string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 {Status} {Phrase(Status)}\r\nContent-Type: {ContentType}\r\nContent-Length: {body.Length}\r\n"
            + $"Cache-Control: no-store\r\n{(Status == 405 ? "Allow: GET\r\n" : "")}Connection: close\r\n\r\n");
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }

    private static HttpAnswer Plain(int status, string text) => new(status, "text/plain; charset=utf-8", text + "\n");

    private static string Phrase(int status) => status switch
    {
        200 => "OK",
        400 => "Bad Request",
        404 => "Not Found",
        405 => "Method Not Allowed",
        _ => "Service Unavailable",
    };
}
