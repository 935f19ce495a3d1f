using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Identity.Est;

/// <summary>What an enrolment server answered. Closed.</summary>
public abstract record EstOutcome
{
    private EstOutcome()
    {
    }

    /// <summary>Certificates. Nothing of them was checked yet but that they can be decoded.</summary>
    /// <param name="Certificates">As they came; belong to the receiver.</param>
    public sealed record Answered(X509Certificate2Collection Certificates) : EstOutcome;

    /// <summary>Somebody has to approve it first (202).</summary>
    /// <param name="RetryAfter">When to ask again with the same key; 1 minute to 24 hours.</param>
    public sealed record Pending(TimeSpan RetryAfter) : EstOutcome;

    /// <summary>The server does not accept who we are (401, 403), or closed the connection when it saw our certificate.</summary>
    /// <param name="Reason">One sentence.</param>
    public sealed record Unauthorized(string Reason) : EstOutcome;

    /// <summary>We do not accept who the server is.</summary>
    /// <param name="Verdict">Why.</param>
    public sealed record Untrusted(CertificateVerdict.Refused Verdict) : EstOutcome;

    /// <summary>The server, or our own key, says no to the request.</summary>
    /// <param name="Reason">One sentence.</param>
    public sealed record Refused(string Reason) : EstOutcome;

    /// <summary>No answer; it may come later.</summary>
    /// <param name="Reason">One sentence.</param>
    public sealed record Unreachable(string Reason) : EstOutcome;
}
