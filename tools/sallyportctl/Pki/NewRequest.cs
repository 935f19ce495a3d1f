using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sallyport.Identity.Issuing;

namespace Sallyport.Ctl.Pki;

/// <summary>Requests for keys that the command makes itself. What is in the certificate is the order's affair, so they ask for a name and no more.</summary>
internal static class NewRequest
{
    /// <summary>The request, DER.</summary>
    public static byte[] BytesFor(AsymmetricAlgorithm key, IssueOrder order) => key switch
    {
        RSA rsa => new CertificateRequest(order.Subject, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSigningRequest(),
        ECDsa ec => new CertificateRequest(order.Subject, ec, HashAlgorithmName.SHA256).CreateSigningRequest(),
        _ => throw new ArgumentException("RSA or ECDSA.", nameof(key)),
    };

    /// <summary>The request, read back.</summary>
    public static SigningRequest For(AsymmetricAlgorithm key, IssueOrder order) =>
        ((SigningRequestReading.Read)SigningRequest.Read(BytesFor(key, order))).Request;
}
