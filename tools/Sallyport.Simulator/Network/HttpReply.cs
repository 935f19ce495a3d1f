using System.Text;
using Microsoft.AspNetCore.Http;

namespace Sallyport.Simulator.Network;

/// <summary>Writes a whole answer with its length: some clients of these endpoints cannot read chunks.</summary>
internal static class HttpReply
{
    public static Task WriteAsync(HttpContext context, int status, string contentType, string text) =>
        WriteAsync(context, status, contentType, Encoding.UTF8.GetBytes(text));

    public static async Task WriteAsync(HttpContext context, int status, string contentType, ReadOnlyMemory<byte> body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
