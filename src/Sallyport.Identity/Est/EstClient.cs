using System.Net;
using System.Security.Cryptography.X509Certificates;
using Sallyport.Identity.Keys;

namespace Sallyport.Identity.Est;

/// <summary>Enrols over secure transport (RFC 7030). Nothing that it brings is trusted yet, and no trust anchor ever changes because of <c>/cacerts</c>.</summary>
/// <param name="address">The server's address with its label, such as <c>https://est.plant.example/.well-known/est/device</c>.</param>
/// <param name="roots">All the roots there are for the server's certificate.</param>
/// <param name="validator">Judges it.</param>
/// <param name="time">Times the answers.</param>
public sealed class EstClient(Uri address, X509Certificate2Collection roots, CertificateValidator validator, TimeProvider time)
{
    /// <summary>The authority's certificates, for people to look at.</summary>
    /// <param name="credential">Servers let everybody see them, and some want to know who it is.</param>
    /// <param name="cancellationToken">We stop.</param>
    public async Task<EstOutcome> GetAuthoritiesAsync(EstCredential credential, CancellationToken cancellationToken)
    {
        using var session = new EstSession(address, roots, validator, credential, time);
        (EstReply? reply, EstOutcome? failure) = await session.GetAsync("cacerts", cancellationToken);
        return failure ?? OutcomeOf(reply!);
    }

    /// <summary>Asks for a certificate.</summary>
    /// <param name="operation">The first one, or the next.</param>
    /// <param name="credential">Who asks.</param>
    /// <param name="request">Makes the request, DER; gets the challenge password that binds it to the connection, empty for none.</param>
    /// <param name="cancellationToken">We stop.</param>
    public async Task<EstOutcome> AskAsync(
        EstOperation operation, EstCredential credential, Func<string, KeyUse<byte[]>> request, CancellationToken cancellationToken)
    {
        using var session = new EstSession(address, roots, validator, credential, time);

        // First, because the connection must be there before a request can be bound to it.
        (EstReply? wishes, EstOutcome? failure) = await session.GetAsync("csrattrs", cancellationToken);
        if (failure is not null)
        {
            return failure;
        }

        bool isBindingWanted = wishes!.Status is HttpStatusCode.OK && RequestedAttributes.AskForBinding(wishes.Body);
        switch (request(isBindingWanted ? session.Binding : ""))
        {
            case KeyUse<byte[]>.Done made:
                (EstReply? reply, failure) = await session.PostAsync(operation is EstOperation.Enrol ? "simpleenroll" : "simplereenroll", made.Result, cancellationToken);
                return failure ?? OutcomeOf(reply!);
            case KeyUse<byte[]>.Unavailable unavailable:
                return new EstOutcome.Unreachable(unavailable.Reason);
            case KeyUse<byte[]>.Refused refused:
                return new EstOutcome.Refused(refused.Reason);
            default:
                throw new InvalidOperationException("A use is done, unavailable or refused.");
        }
    }

    private EstOutcome OutcomeOf(EstReply reply) => reply.Status switch
    {
        HttpStatusCode.OK when CertsOnly.TryRead(reply.Body, out X509Certificate2Collection? certificates) => new EstOutcome.Answered(certificates),
        HttpStatusCode.OK => new EstOutcome.Refused($"{address.Host} answered with something that is no certs-only message"),
        HttpStatusCode.Accepted => new EstOutcome.Pending(reply.RetryAfterOf(time.GetUtcNow())),
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new EstOutcome.Unauthorized($"{address.Host} does not let us enrol ({reply.Quote()})"),
        >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest => new EstOutcome.Refused(
            $"{address.Host} points to another place ({reply.Quote()}), which is not followed. Configure the right address"),
        HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => new EstOutcome.Unreachable($"{address.Host} cannot answer now ({reply.Quote()})"),
        _ => new EstOutcome.Refused($"{address.Host} refuses the request ({reply.Quote()})"),
    };
}
