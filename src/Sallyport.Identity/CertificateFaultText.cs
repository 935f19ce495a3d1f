using System.Text;

namespace Sallyport.Identity;

/// <summary>Puts a fault into words.</summary>
public static class CertificateFaultText
{
    /// <summary>The fault as reasons and metrics name it, for example <c>unknown-root</c>.</summary>
    public static string Code(this CertificateFault fault)
    {
        var code = new StringBuilder();
        foreach (char one in fault.ToString())
        {
            if (char.IsAsciiLetterUpper(one) && code.Length > 0)
            {
                code.Append('-');
            }

            code.Append(char.ToLowerInvariant(one));
        }

        return code.ToString();
    }

    /// <summary>What to do about it: one sentence for an operator.</summary>
    public static string Advice(this CertificateFault fault) => fault switch
    {
        CertificateFault.Missing => "Give the peer a certificate, and have it present it.",
        CertificateFault.TooLarge => "Have the peer present its own certificate and its issuers, and nothing else.",
        CertificateFault.Malformed => "Issue the certificate again with a tool that encodes it correctly.",
        CertificateFault.DuplicateExtension => "Issue the certificate again with each extension once.",
        CertificateFault.UnknownCriticalExtension => "Issue the certificate again without that extension, or not critical.",
        CertificateFault.NotYetValid => "Check the clocks of this host and of the authority first.",
        CertificateFault.Expired => "Renew the certificate that is named; if all of them seem to have expired, check the clock of this host.",
        CertificateFault.WeakKey => "Issue the certificate for a new key: P-256, P-384 or RSA of 2048 bits or more.",
        CertificateFault.WeakSignature => "Issue the certificate again, signed with SHA-256 or better.",
        CertificateFault.WrongExtendedKeyUsage => "Issue the certificate again with the extended key usage of its role, and that alone.",
        CertificateFault.WrongKeyUsage => "Issue the certificate again with the key usage of its role: digitalSignature for a leaf.",
        CertificateFault.IsAuthority => "Have the peer present a certificate of its own, not that of an authority.",
        CertificateFault.NotAuthority => "Give the certificate of the authority, not one that it issued.",
        CertificateFault.WeakSerialNumber => "Have the authority give out positive serial numbers of 16 random bytes.",
        CertificateFault.LivesTooLong => "Issue the certificate for the life that its profile allows.",
        CertificateFault.WrongKeyIdentifier => "Issue the certificate again with its own key identifier and that of its issuer.",
        CertificateFault.NoRevocationAddress => "Issue the certificate again with the address of its issuer's revocation list.",
        CertificateFault.IncompleteChain => "Have the peer present its intermediate authorities too, or add them to the trusted file.",
        CertificateFault.UnknownRoot => "Check that the peer is the right one; if it is, add its root to the trusted file.",
        CertificateFault.BadChain => "Check that the peer presents the issuers of its own certificate; if it does, somebody changed a certificate.",
        CertificateFault.IssuerNotAuthority => "Find out who issued this: the issuer is no authority. It may be an attack.",
        CertificateFault.IssuerMayNotSign => "Have the authority's certificate issued again with keyCertSign, and without usages that exclude this link.",
        CertificateFault.PathTooLong => "Issue the certificate from an authority that may have no further one below it, or raise the path length above.",
        CertificateFault.NameConstraint => "Issue the certificate for a name that its authority may certify.",
        CertificateFault.WrongIssuer => "Issue the certificate from the demanded authority, or change the pin after a roll-over of the authority.",
        CertificateFault.OutlivesIssuer => "Renew the authority first, or issue the certificate for a shorter time.",
        CertificateFault.WrongName => "Dial a name that the certificate has, or issue it with this name among its subject alternative names.",
        CertificateFault.WrongRegistrationId => "Issue the certificate with the registration id as its common name.",
        CertificateFault.Revoked => "Take the peer out of service: its key or its authority is not trusted any more. Enrol it anew if that was a mistake.",
        CertificateFault.RevocationUnknown => "See that the revocation list of the issuer that is named can be fetched and is in time.",
        CertificateFault.UnknownDevice => "Register the device.",
        CertificateFault.DisabledDevice => "Find out why the device was disabled, before it is enabled again.",
        CertificateFault.NotTheDevicesCertificate => "Find out who has this certificate; if the device renewed it, tell the registry.",
        _ => "Look the fault up in the documentation.",
    };
}
