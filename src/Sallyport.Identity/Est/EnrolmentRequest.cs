using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sallyport.Identity.Keys;

namespace Sallyport.Identity.Est;

/// <summary>The request for a device's certificate.</summary>
public static class EnrolmentRequest
{
    /// <summary>Makes it, signed by the key that is to be certified.</summary>
    /// <param name="key">An identity key.</param>
    /// <param name="subject">Of the certificate; of a re-enrolment exactly the present one (RFC 7030 section 4.2.2).</param>
    /// <param name="deviceId">Goes into the alternative names.</param>
    /// <param name="challengePassword">Binds it to a connection; empty for none.</param>
    /// <returns>DER.</returns>
    public static KeyUse<byte[]> Make(IDeviceKey key, X500DistinguishedName subject, string deviceId, string challengePassword) => key.UseSigner(signer =>
    {
        var request = new CertificateRequest(subject, signer, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(deviceId);
        request.CertificateExtensions.Add(names.Build());
        if (challengePassword.Length > 0)
        {
            var text = new AsnWriter(AsnEncodingRules.DER);
            text.WriteCharacterString(UniversalTagNumber.PrintableString, challengePassword);
            request.OtherRequestAttributes.Add(new AsnEncodedData(new Oid(RequestedAttributes.ChallengePassword), text.Encode()));
        }

        return request.CreateSigningRequest();
    });
}
