using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Sallyport.Identity.Est;

/// <summary>One connection to an enrolment server, for one enrolment.</summary>
internal sealed class EstSession : IDisposable
{
    private const int LongestAnswer = 256 * 1024;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Uri _address;
    private readonly EstCredential _credential;
    private readonly TimeProvider _time;
    private readonly ServerTrust _trust;
    private readonly HttpClient _client;

    public EstSession(Uri address, X509Certificate2Collection roots, CertificateValidator validator, EstCredential credential, TimeProvider time)
    {
        (_address, _credential, _time) = (address, credential, time);
        _trust = new ServerTrust(address.IdnHost, roots, validator);
        var handler = new SocketsHttpHandler
        {
            // A redirect could lead to a server that nobody pinned.
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            MaxConnectionsPerServer = 1,
            MaxResponseHeadersLength = 16,
            SslOptions = _trust.Options(credential.Context),
            PlaintextStreamFilter = (context, _) =>
            {
                Binding = context.PlaintextStream is SslStream stream ? ChannelBindings.UniqueOf(stream) : "";
                return ValueTask.FromResult(context.PlaintextStream);
            },
        };
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = LongestAnswer };
    }

    /// <summary><c>tls-unique</c> of the connection; empty if it has none.</summary>
    public string Binding { get; private set; } = "";

    public void Dispose() => _client.Dispose();

    /// <summary>Asks for something.</summary>
    public Task<(EstReply? Reply, EstOutcome? Failure)> GetAsync(string operation, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, AddressOf(operation)), cancellationToken);

    /// <summary>Hands a request in.</summary>
    public Task<(EstReply? Reply, EstOutcome? Failure)> PostAsync(string operation, byte[] request, CancellationToken cancellationToken)
    {
        // Without line breaks: strongSwan's server takes it in no other way, and every server takes it so.
        var content = new ByteArrayContent(Encoding.ASCII.GetBytes(Convert.ToBase64String(request)));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/pkcs10");
        content.Headers.Add("Content-Transfer-Encoding", "base64");
        return SendAsync(new HttpRequestMessage(HttpMethod.Post, AddressOf(operation)) { Content = content }, cancellationToken);
    }

    private Uri AddressOf(string operation) => new($"{_address.AbsoluteUri.TrimEnd('/')}/{operation}");

    private async Task<(EstReply? Reply, EstOutcome? Failure)> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Limit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        using HttpRequestMessage owned = message;
        try
        {
            using IDisposable? turn = _credential.TakeTurn is { } take ? await take(either.Token) : null;
            using HttpResponseMessage response = await _client.SendAsync(owned, HttpCompletionOption.ResponseContentRead, either.Token);
            byte[] body = await response.Content.ReadAsByteArrayAsync(either.Token);
            return (new EstReply(response.StatusCode, response.Content.Headers.ContentType?.MediaType ?? "", response.Headers.RetryAfter, body), null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, new EstOutcome.Unreachable($"no answer from {_address.Host} within {Limit.TotalSeconds:0} s"));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or AuthenticationException)
        {
            return (null, FailureOf(e));
        }
    }

    private EstOutcome FailureOf(Exception e) =>
        _trust.Refusal is { } refusal ? new EstOutcome.Untrusted(refusal)
        : e is HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded or HttpRequestError.SecureConnectionError } && _credential.Context is not null
            ? new EstOutcome.Unauthorized($"{_address.Host} closed the connection: it may not accept our certificate. Look at its dates and whether it is revoked")
        : new EstOutcome.Unreachable($"{_address.Host} cannot be reached ({(e as HttpRequestException)?.HttpRequestError.ToString() ?? e.GetType().Name})");
}
