using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Azure.Core.Pipeline;
using Azure.Security.KeyVault.Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;

namespace Sallyport.Ctl.Tests.Pki.Vault;

/// <summary>A key vault that answers in the shapes of Azure's REST API, over TLS, with the challenge first. The client believes that it is <see cref="Address"/>.</summary>
internal sealed class VaultDouble : IAsyncDisposable
{
    private readonly ConcurrentQueue<VaultRequest> _requests = new();
    private readonly X509Certificate2 _certificate;
    private readonly WebApplication _application;
    private readonly VaultStore _store;

    public VaultDouble()
    {
        _certificate = SelfSigned();
        _store = new VaultStore(Address);
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        var tls = new SslServerAuthenticationOptions { ServerCertificate = _certificate };
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(
            IPAddress.Loopback, 0, listen => listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(tls) })));
        _application = builder.Build();
        _application.Run(AnswerAsync);
    }

    /// <summary>Another one each time: the client remembers the challenges of hosts as long as the process lives.</summary>
    public Uri Address { get; } = new($"https://plant-{Guid.NewGuid():n}.vault.azure.net/");

    /// <summary>What it was asked, the oldest first.</summary>
    public IReadOnlyList<VaultRequest> Requests => [.. _requests];

    /// <summary>What it answers to whoever has a token; 0 for what is asked.</summary>
    public int RefusesWith { get; set; }

    /// <summary>Whether it keeps keys that can be exported, against what was asked.</summary>
    public bool IsLax { set => _store.IsLax = value; }

    public VaultCredential Credential { get; } = new();

    public Task StartAsync() => _application.StartAsync(TestContext.Current.CancellationToken);

    /// <summary>The real client, whose connections to the vault end here; everything else about it is as in the field.</summary>
    public CertificateClient Open(Uri vault)
    {
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.Add(_certificate);
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, stop) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, Port()), stop);
                return new NetworkStream(socket, ownsSocket: true);
            },
            SslOptions = { CertificateChainPolicy = trust },
        };
        var options = new CertificateClientOptions { Transport = new HttpClientTransport(handler) };
        options.Retry.MaxRetries = 0;
        return new CertificateClient(vault, Credential, options);
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _store.Dispose();
        _certificate.Dispose();
    }

    private X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={Address.Host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(Address.Host);
        request.CertificateExtensions.Add(names.Build());
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddMinutes(-5), now.AddHours(1));
    }

    private int Port() => new Uri(_application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var request = new VaultRequest(
            context.Request.Method, context.Request.Path, context.Request.Query["api-version"].ToString(), context.Request.Headers.Authorization.ToString(), await reader.ReadToEndAsync());
        _requests.Enqueue(request);
        VaultAnswer answer = request.Token.Length == 0 ? VaultAnswer.Challenge : RefusesWith > 0 ? VaultAnswer.Refusal(RefusesWith, "Forbidden", "Caller is not authorized.") : _store.Answer(request);
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = "application/json; charset=utf-8";
        if (answer.Status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate =
                "Bearer authorization=\"https://login.microsoftonline.com/5f2e6c1a-0000-4000-8000-000000000001\", resource=\"https://vault.azure.net\"";
        }

        await context.Response.WriteAsync(answer.Body);
    }
}
