using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Identity.Revocation;

/// <summary>Whether an authority made a list.</summary>
internal static class RevocationListCheck
{
    /// <summary>The first fault, or null. Whether its time is over is judged when it is asked.</summary>
    /// <param name="list">Just read.</param>
    /// <param name="issuer">The authority.</param>
    /// <param name="previous">The list that counts now, or null.</param>
    /// <param name="now">The time of judgement.</param>
    public static RevocationListFault? Fault(RevocationList list, X509Certificate2 issuer, RevocationList? previous, DateTimeOffset now)
    {
        try
        {
            return !IsOf(list, issuer) ? RevocationListFault.WrongIssuer
                : issuer.Find<X509KeyUsageExtension>() is { } usage && !usage.KeyUsages.HasFlag(X509KeyUsageFlags.CrlSign) ? RevocationListFault.IssuerMayNotSign
                : !IsSigned(list, issuer) ? RevocationListFault.BadSignature
                : list.ThisUpdate > now ? RevocationListFault.NotYetValid
                : previous is not null && !IsNewer(list, previous) ? RevocationListFault.NotNewer
                : null;
        }
        catch (CryptographicException)
        {
            return RevocationListFault.BadSignature;
        }
    }

    /// <summary>Whether the list says that it is of this authority: the name byte for byte, and the key identifier if it has one.</summary>
    /// <exception cref="CryptographicException">An extension of the authority cannot be decoded.</exception>
    public static bool IsOf(RevocationList list, X509Certificate2 issuer) =>
        list.IssuerName.Span.SequenceEqual(issuer.SubjectName.RawData)
        && (list.KeyIdentifier.IsEmpty
            || issuer.Find<X509SubjectKeyIdentifierExtension>() is not { } identifier
            || list.KeyIdentifier.Span.SequenceEqual(identifier.SubjectKeyIdentifierBytes.Span));

    private static bool IsNewer(RevocationList list, RevocationList previous) =>
        list.Number > previous.Number || (list.Number == previous.Number && list.ThisUpdate > previous.ThisUpdate);

    private static bool IsSigned(RevocationList list, X509Certificate2 issuer)
    {
        if (CertificateStrength.HashOf(list.Algorithm) is not { } hash || !CertificateStrength.HasStrongKey(issuer))
        {
            return false;
        }

        if (CertificateStrength.IsRsa(list.Algorithm))
        {
            using RSA? rsa = issuer.GetRSAPublicKey();
            return rsa is not null && rsa.VerifyData(list.Signed.Span, list.Signature.Span, hash, RSASignaturePadding.Pkcs1);
        }

        using ECDsa? curve = issuer.GetECDsaPublicKey();
        return curve is not null && curve.VerifyData(list.Signed.Span, list.Signature.Span, hash, DSASignatureFormat.Rfc3279DerSequence);
    }
}
