using Microsoft.AspNetCore.Http;

namespace Sallyport.Simulator.Network;

/// <summary>Answers for a page of metrics, which is the only one of its address.</summary>
internal static class MetricsReply
{
    public static Task WriteAsync(HttpContext context, string page) => string.Equals(context.Request.Path, "/metrics", StringComparison.Ordinal)
        ? HttpReply.WriteAsync(context, StatusCodes.Status200OK, "text/plain; version=0.0.4; charset=utf-8", page)
        : HttpReply.WriteAsync(context, StatusCodes.Status404NotFound, "text/plain", "Only /metrics is here.");
}
