using System.Security.Cryptography.X509Certificates;
using Sallyport.Identity;
using Sallyport.Identity.Revocation;
using Sallyport.IotHub.Lifecycle;

namespace Sallyport.IotHub.Session;

/// <summary>One attempt to connect, from the token to the last SUBACK, within one time limit.</summary>
internal sealed class SessionOpener(
    EdgeEnvironment environment,
    ITokenSource tokens,
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
            ConnectionToken token = await tokens.GetAsync(either.Token);
            metrics.TokenIssued(token);
            var channel = new TlsChannel(
                environment.GatewayHostName, environment.Port, roots, new CertificateValidator(environment.Link, roots, time) { Revocation = Revocation });
            OpenOutcome outcome = await BrokerSession.OpenAsync(channel, settings, token.Reveal(), router, either.Token);
            return outcome is OpenOutcome.Opened opened && token.Life is { } life
                ? opened with { RenewAfter = renewal.DueAfter(life) }
                : outcome;
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
}
