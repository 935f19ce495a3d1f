using System.Security.Cryptography.X509Certificates;
using Sallyport.Identity;
using Sallyport.Identity.Revocation;
using Sallyport.IotHub.Lifecycle;
using Sallyport.IotHub.Provisioning;

namespace Sallyport.IotHub.Session;

/// <summary>One attempt to connect, from the token to the last SUBACK, within one time limit.</summary>
internal sealed class SessionOpener(
    EdgeEnvironment environment,
    ITokenSource? tokens,
    TokenRenewal renewal,
    HubConnectionMetrics metrics,
    TimeSpan limit,
    TimeProvider time)
{
    /// <summary>Says which certificates of brokers are revoked.</summary>
    public IRevocationCheck Revocation { get; init; } = NoRevocationLists.Instance;

    /// <summary>Tries once.</summary>
    /// <param name="settings">What to connect with.</param>
    /// <param name="router">Gets what arrives.</param>
    /// <param name="cancellationToken">We stop. Nothing is left open.</param>
    public async Task<OpenOutcome> OpenAsync(SessionSettings settings, IncomingRouter router, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            // Both anew each time: the Edge daemon renews its certificates, and a refused token must not be shown again.
            X509Certificate2Collection roots = await environment.ReadTrustBundleAsync(either.Token);
            ConnectionToken? token = tokens is null ? null : await tokens.GetAsync(either.Token);
            if (token is not null)
            {
                metrics.TokenIssued(token);
            }

            var channel = new TlsChannel(
                environment.GatewayHostName,
                environment.Port,
                roots,
                new CertificateValidator(environment.Link, roots, time) { Revocation = Revocation },
                environment.Certificate);
            OpenOutcome outcome = await BrokerSession.OpenAsync(channel, settings, token?.Reveal(), router, either.Token);
            return outcome is OpenOutcome.Opened opened && token?.Life is { } life
                ? opened with { RenewAfter = renewal.DueAfter(life) }
                : Explained(outcome);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new OpenOutcome.Failed($"no connection within {limit.TotalSeconds:0} s");
        }
        catch (Exception e) when (e is ModuleKeyException or WorkloadException or EdgeEnvironmentException)
        {
            // Their messages are made of our own words.
            return new OpenOutcome.Failed(e.Message);
        }
    }

    // Over TLS 1.3 a hub that refuses our certificate only closes, and its CONNACK names no reason either: the reason is looked for here.
    private OpenOutcome Explained(OpenOutcome outcome)
    {
        if (outcome is not (OpenOutcome.Unauthorized or OpenOutcome.Failed { MayBeRefusal: true })
            || environment is not { Certificate: { } own, OwnCertificateCheck: { } check })
        {
            return outcome;
        }

        string? fault = check.FindFault(own);
        return outcome switch
        {
            OpenOutcome.Unauthorized refused => new OpenOutcome.Unauthorized($"{refused.Reason}; {fault ?? OwnCertificateCheck.Advice(own)}"),
            OpenOutcome.Failed { MayBeRefusal: true } closed when fault is not null => new OpenOutcome.Unauthorized($"{closed.Reason}; {fault}"),
            OpenOutcome.Failed { MayBeRefusal: true } closed => closed with
            {
                Reason = $"{closed.Reason} before it answered; if that goes on it refuses our certificate: {OwnCertificateCheck.Advice(own)}",
            },
            _ => outcome,
        };
    }
}
