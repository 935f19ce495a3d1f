using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Sallyport.Identity;
using Sallyport.Identity.Est;
using Sallyport.Identity.Issuing;
using Sallyport.Simulator.Certificates;
using Sallyport.Simulator.Network;

namespace Sallyport.Simulator.Est;

/// <summary>Answers requests for certificates. Who asks was judged in the handshake; here it is what for.</summary>
internal sealed class EnrolmentDesk(CertificateAuthority authority, TimeProvider time) : IDisposable
{
    private const string WellKnown = "/.well-known/est/";
    private const int LongestRequest = 32 * 1024;

    // SEQUENCE { OBJECT IDENTIFIER challengePassword }
    private static readonly byte[] BindingWanted = [0x30, 0x0B, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x07];

    private readonly Lock _gate = new();
    private readonly List<X509Certificate2> _issued = [];
    private readonly Dictionary<string, DateTimeOffset> _approvals = new(StringComparer.Ordinal);

    public EnrolmentManners Manners { get; set; } = new();

    public IReadOnlyList<X509Certificate2> Issued
    {
        get
        {
            lock (_gate)
            {
                return [.. _issued];
            }
        }
    }

    public Task AnswerAsync(HttpContext context)
    {
        string path = context.Request.Path.Value ?? "";
        string operation = path.StartsWith(WellKnown, StringComparison.Ordinal) ? path[(path.LastIndexOf('/') + 1)..] : "";
        return Manners.Status is { } status ? RefuseAsync(context, status, "The server was told to say so.")
            : (context.Request.Method, operation) switch
            {
                ("GET", "cacerts") => CertificatesAsync(context, [authority.Issuing, authority.Root]),
                ("GET", "csrattrs") => WishesAsync(context),
                ("POST", "simpleenroll" or "simplereenroll") => EnrolAsync(context, isAgain: operation is "simplereenroll"),
                _ => RefuseAsync(context, StatusCodes.Status404NotFound, "There is no such operation."),
            };
    }

    public void Dispose()
    {
        foreach (X509Certificate2 one in Issued)
        {
            one.Dispose();
        }
    }

    private static Task RefuseAsync(HttpContext context, int status, string reason) => HttpReply.WriteAsync(context, status, "text/plain", reason);

    // Without line breaks: strongSwan reads it in no other way.
    private static Task CertificatesAsync(HttpContext context, X509Certificate2Collection certificates)
    {
        context.Response.Headers["Content-Transfer-Encoding"] = "base64";
        return HttpReply.WriteAsync(
            context, StatusCodes.Status200OK, "application/pkcs7-mime; smime-type=certs-only", Convert.ToBase64String(certificates.Export(X509ContentType.Pkcs7)!));
    }

    private Task WishesAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Manners.DemandsBinding
            ? HttpReply.WriteAsync(context, StatusCodes.Status200OK, "application/csrattrs", Convert.ToBase64String(BindingWanted))
            : Task.CompletedTask;
    }

    private async Task EnrolAsync(HttpContext context, bool isAgain)
    {
        if (context.Connection.ClientCertificate is not { } present)
        {
            await RefuseAsync(context, StatusCodes.Status401Unauthorized, "A certificate is needed, the present one or the factory's.");
            return;
        }

        if (await ReadAsync(context) is not { } request)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "It is no certificate signing request.");
        }
        else if (isAgain && !string.Equals(request.Subject.Name, present.SubjectName.Name, StringComparison.Ordinal))
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "The subject is not that of the present certificate.");
        }
        else if (Manners.DemandsBinding && !IsBound(context, request))
        {
            await RefuseAsync(context, StatusCodes.Status401Unauthorized, "The request is not bound to this connection.");
        }
        else if (WaitFor(request) is { } wait)
        {
            context.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
            context.Response.StatusCode = StatusCodes.Status202Accepted;
        }
        else
        {
            await IssueAsync(context, request, DeviceName.Of(present) ?? "");
        }
    }

    private async Task IssueAsync(HttpContext context, SigningRequest request, string device)
    {
        switch (authority.Signing.Issue(request, new IssueOrder(CertificateProfile.Device, device, Manners.Life)))
        {
            case IssueOutcome.Issued { Certificate: var certificate }:
                lock (_gate)
                {
                    _issued.Add(certificate);
                }

                await CertificatesAsync(context, [certificate, authority.Issuing]);
                break;
            case IssueOutcome.Refused refused:
                await RefuseAsync(context, StatusCodes.Status400BadRequest, refused.Reason);
                break;
        }
    }

    private static async Task<SigningRequest?> ReadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        byte[] buffer = new byte[4096];
        for (int read; (read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0 && body.Length <= LongestRequest;)
        {
            await body.WriteAsync(buffer.AsMemory(0, read), context.RequestAborted);
        }

        try
        {
            byte[] der = Convert.FromBase64String(Encoding.ASCII.GetString(body.ToArray()));
            return SigningRequest.Read(der) is SigningRequestReading.Read read ? read.Request : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static bool IsBound(HttpContext context, SigningRequest request)
    {
        SslStream? stream = context.Features.Get<ISslStreamFeature>()?.SslStream;
        string binding = stream is null ? "" : ChannelBindings.UniqueOf(stream);
        return binding.Length > 0 && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(binding), Encoding.ASCII.GetBytes(request.ChallengePassword));
    }

    private TimeSpan? WaitFor(SigningRequest request)
    {
        if (Manners.ApprovalTakes is not { } takes)
        {
            return null;
        }

        string key = Convert.ToHexString(SHA256.HashData(request.PublicKey.ExportSubjectPublicKeyInfo()));
        lock (_gate)
        {
            _approvals.TryAdd(key, time.GetUtcNow() + takes);
            TimeSpan left = _approvals[key] - time.GetUtcNow();
            return left > TimeSpan.Zero ? left : null;
        }
    }
}
