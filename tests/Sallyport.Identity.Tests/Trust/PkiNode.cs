using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Identity.Tests.Trust;

/// <summary>One certificate of a test PKI with its key, and what it can sign.</summary>
internal sealed record PkiNode(X509Certificate2 Certificate, AsymmetricAlgorithm Key)
{
    public X509Certificate2 Issue(
        CertificateRequest request, DateTimeOffset notBefore, DateTimeOffset notAfter, byte[] serial, bool hasSha1 = false, Func<byte[], byte[]>? patch = null)
    {
        X509SignatureGenerator generator = hasSha1 ? new Sha1Generator((ECDsa)Key) : GeneratorOf(Key);
        X509Certificate2 issued = request.Create(Certificate.SubjectName, generator, notBefore, notAfter, serial);
        return patch is null ? issued : Patch(issued, patch);
    }

    public byte[] RevocationList(BigInteger number, DateTimeOffset thisUpdate, DateTimeOffset nextUpdate, params X509Certificate2[] revoked)
    {
        var builder = new CertificateRevocationListBuilder();
        foreach (X509Certificate2 one in revoked)
        {
            builder.AddEntry(one, thisUpdate, X509RevocationReason.KeyCompromise);
        }

        X509Extension identifier = Certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().FirstOrDefault() is { } own
            ? X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(own)
            : X509AuthorityKeyIdentifierExtension.CreateFromIssuerNameAndSerialNumber(Certificate.SubjectName, [1]);
        return builder.Build(
            Certificate.SubjectName,
            GeneratorOf(Key),
            number,
            nextUpdate,
            HashAlgorithmName.SHA256,
            (X509AuthorityKeyIdentifierExtension)identifier,
            thisUpdate);
    }

    /// <summary>Changes the part that is signed, and signs it again.</summary>
    private X509Certificate2 Patch(X509Certificate2 issued, Func<byte[], byte[]> patch)
    {
        AsnReader whole = new AsnReader(issued.RawDataMemory, AsnEncodingRules.DER).ReadSequence();
        byte[] body = patch(whole.ReadEncodedValue().ToArray());
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(body);
            writer.WriteEncodedValue(whole.ReadEncodedValue().Span);
            writer.WriteBitString(GeneratorOf(Key).SignData(body, HashAlgorithmName.SHA256));
        }

        issued.Dispose();
        return X509CertificateLoader.LoadCertificate(writer.Encode());
    }

    private static X509SignatureGenerator GeneratorOf(AsymmetricAlgorithm key) => key switch
    {
        ECDsa curve => X509SignatureGenerator.CreateForECDsa(curve),
        RSA rsa => X509SignatureGenerator.CreateForRSA(rsa, RSASignaturePadding.Pkcs1),
        _ => throw new ArgumentException("Neither ECDSA nor RSA.", nameof(key)),
    };

    /// <summary>The platform's generator refuses SHA-1.</summary>
    private sealed class Sha1Generator(ECDsa key) : X509SignatureGenerator
    {
        public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) => Convert.FromHexString("300906072A8648CE3D0401");

#pragma warning disable CA5350 // The weak digest is the defect that the test needs.
        public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) =>
            key.SignData(data, HashAlgorithmName.SHA1, DSASignatureFormat.Rfc3279DerSequence);
#pragma warning restore CA5350

        protected override PublicKey BuildPublicKey() => new(key);
    }
}
