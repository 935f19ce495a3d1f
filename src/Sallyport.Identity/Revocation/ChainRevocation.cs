using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Identity.Revocation;

/// <summary>Asks about a certificate and its issuers: before we show our own, because TLS 1.3 does not say why it was refused.</summary>
public static class ChainRevocation
{
    /// <summary>One sentence if a list has the certificate or one of its issuers; null if none has, or there is no list.</summary>
    /// <param name="lists">What is asked.</param>
    /// <param name="leaf">Our own certificate.</param>
    /// <param name="issuers">Its issuer first, each issued by the next.</param>
    public static string? Find(this IRevocationCheck lists, X509Certificate2 leaf, IReadOnlyList<X509Certificate2> issuers)
    {
        X509Certificate2 certificate = leaf;
        foreach (X509Certificate2 issuer in issuers)
        {
            if (lists.Ask(certificate, issuer, TimeSpan.Zero) is RevocationAnswer.Revoked revoked)
            {
                return $"'{certificate.Subject}' is revoked since {revoked.At:u} ({revoked.Reason}), says the list of '{issuer.Subject}'.";
            }

            certificate = issuer;
        }

        return null;
    }
}
