using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Sallyport.Simulator.Network;

namespace Sallyport.Simulator.Certificates;

/// <summary>Serves the revocation lists over plain HTTP, where the certificates say they are.</summary>
internal sealed class RevocationListEndpoint : IAsyncDisposable
{
    private readonly HttpEndpoint _endpoint;

    private RevocationListEndpoint(HttpEndpoint endpoint) => _endpoint = endpoint;

    public static async Task<RevocationListEndpoint> StartAsync(
        CertificateAuthority authority, IPAddress address, int port, ILoggerFactory logs, CancellationToken cancellationToken) =>
        new(await HttpEndpoint.StartAsync(
            options => options.Listen(address, port), context => AnswerAsync(context, authority), logs, cancellationToken));

    public ValueTask DisposeAsync() => _endpoint.DisposeAsync();

    private static Task AnswerAsync(HttpContext context, CertificateAuthority authority)
    {
        string name = context.Request.Path.Value!.TrimStart('/');
        return authority.RevocationLists.TryGetValue(name, out Func<byte[]>? list)
            ? HttpReply.WriteAsync(context, StatusCodes.Status200OK, "application/pkix-crl", list())
            : HttpReply.WriteAsync(context, StatusCodes.Status404NotFound, "text/plain", "No such list.");
    }
}
