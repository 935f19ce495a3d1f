using Sallyport.Identity;

namespace Sallyport.IotHub.Session;

/// <summary>What became of one attempt to connect. Closed.</summary>
internal abstract record OpenOutcome
{
    private OpenOutcome()
    {
    }

    /// <summary>Connected and subscribed.</summary>
    /// <param name="Session">Belongs to the receiver.</param>
    /// <param name="RenewAfter">When to replace the token by a planned reconnect; null for never.</param>
    internal sealed record Opened(BrokerSession Session, TimeSpan? RenewAfter) : OpenOutcome;

    /// <summary>Our credentials are not accepted: CONNACK 4 or 5, or closed while our own certificate is no good.</summary>
    internal sealed record Unauthorized(string Reason) : OpenOutcome;

    /// <summary>The broker's certificate is not.</summary>
    internal sealed record Untrusted(CertificateVerdict.Refused Verdict) : OpenOutcome;

    /// <summary>Anything else; the next attempt may succeed.</summary>
    internal sealed record Failed(string Reason) : OpenOutcome
    {
        /// <summary>The broker took the connection and closed it without an answer, which is how TLS 1.3 refuses a certificate.</summary>
        public bool MayBeRefusal { get; init; }
    }
}
