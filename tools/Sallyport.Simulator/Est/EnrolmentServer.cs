using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;
using Sallyport.Identity;
using Sallyport.Identity.Issuing;
using Sallyport.Identity.Revocation;
using Sallyport.Simulator.Certificates;
using Sallyport.Simulator.Network;

namespace Sallyport.Simulator.Est;

/// <summary>An enrolment server (EST, RFC 7030) below <c>/.well-known/est</c>. Devices show their certificate, or the factory's; a second port has <c>/cacerts</c> for whoever has none.</summary>
internal sealed class EnrolmentServer : IAsyncDisposable
{
    private readonly CertificateAuthority _authority;
    private readonly TimeProvider _time;
    private readonly X509Certificate2 _certificate;
    private readonly SslStreamCertificateContext _context;
    private readonly EnrolmentDesk _desk;
    private readonly RevocationStore _lists;
    private HttpEndpoint? _endpoint;

    private EnrolmentServer(CertificateAuthority authority, IPAddress address, TimeProvider time)
    {
        (_authority, _time) = (authority, time);
        _certificate = authority.Issue(new IssueOrder(CertificateProfile.ServerOnly, "Simulation EST server", TimeSpan.FromDays(30)) { Addresses = [address] });
        _context = SslStreamCertificateContext.Create(_certificate, [authority.Issuing], offline: true);
        _desk = new EnrolmentDesk(authority, time);
        _lists = new RevocationStore(time);
        _lists.Watch(authority.Root);
        _lists.Watch(authority.Issuing);
    }

    /// <summary>How it behaves from now on.</summary>
    public EnrolmentManners Manners
    {
        get => _desk.Manners;
        set => _desk.Manners = value;
    }

    /// <summary>What it signed, the oldest first.</summary>
    public IReadOnlyList<X509Certificate2> Issued => _desk.Issued;

    /// <summary>Starts it.</summary>
    /// <param name="authority">Signs.</param>
    /// <param name="address">Its own.</param>
    /// <param name="port">For whoever has a certificate; the one above it for whoever has none.</param>
    /// <param name="time">Dates and judges.</param>
    /// <param name="logs">Where Kestrel writes.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    public static async Task<EnrolmentServer> StartAsync(
        CertificateAuthority authority, IPAddress address, int port, TimeProvider time, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        var server = new EnrolmentServer(authority, address, time);
        server._endpoint = await HttpEndpoint.StartAsync(
            options =>
            {
                options.Listen(address, port, listen => listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(server.Options()) }));
                options.Listen(address, port + 1, listen => listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(server.OpenOptions()) }));
            },
            server._desk.AnswerAsync,
            logs,
            cancellationToken);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await (_endpoint?.DisposeAsync() ?? ValueTask.CompletedTask);
        _certificate.Dispose();
        _desk.Dispose();
        _lists.Dispose();
    }

    private SslServerAuthenticationOptions Options()
    {
        // Anew each time: a server of the authority itself knows of a revocation at once.
        foreach (Func<byte[]> list in _authority.RevocationLists.Values)
        {
            if (RevocationList.TryRead(list(), out RevocationList? read, out _))
            {
                _lists.Offer(read);
            }
        }

        var validator = new CertificateValidator(LinkProfile.EnrollingDevice, [_authority.Root], _time)
        {
            Revocation = _lists,
            RevocationPolicy = RevocationPolicy.Require.Instance,
        };
        return Limited(new ClientTrust([_authority.Root], validator).Options(_context));
    }

    private SslServerAuthenticationOptions OpenOptions() => Limited(new SslServerAuthenticationOptions { ServerCertificateContext = _context });

    private SslServerAuthenticationOptions Limited(SslServerAuthenticationOptions options)
    {
#pragma warning disable CA5398 // A manner of the simulation: older servers have nothing above 1.2.
        options.EnabledSslProtocols = Manners.IsOld ? SslProtocols.Tls12 : SslProtocols.Tls12 | SslProtocols.Tls13;
#pragma warning restore CA5398
        return options;
    }
}
