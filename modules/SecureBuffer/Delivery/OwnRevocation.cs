using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Sallyport.Identity;
using Sallyport.Identity.Revocation;

namespace Sallyport.SecureBuffer.Delivery;

/// <summary>Looks for our own certificate on the revocation lists of our own authorities: whoever refuses it does not say so.</summary>
internal static class OwnRevocation
{
    /// <summary>One sentence if the certificate, or an authority that is sent along with it, is on a list; null if none has it. A list that is out of date counts too.
    /// If none has it new lists are looked for: the next refusal may find it there.</summary>
    public static string? Find(RevocationStore lists, DeviceCertificate own)
    {
        X509Certificate2 certificate = own.Leaf;
        foreach (X509Certificate2 issuer in own.Intermediates)
        {
            if (lists.Ask(certificate, issuer, TimeSpan.Zero) is RevocationAnswer.Revoked revoked)
            {
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"our own certificate {certificate.SerialNumber} of '{certificate.Subject}' is revoked since {revoked.At.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} ({revoked.Reason}): if that is right, enrol the gateway anew");
            }

            certificate = issuer;
        }

        lists.LookNow();
        return null;
    }
}
