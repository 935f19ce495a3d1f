using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Sallyport.Identity.Revocation;

/// <summary>Where a certificate says its issuer's revocation list is (RFC 5280, 4.2.1.13).</summary>
public static class RevocationAddress
{
    private const string DistributionPoints = "2.5.29.31";
    private static readonly Asn1Tag Point = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag Address = new(TagClass.ContextSpecific, 6);

    /// <summary>The first HTTP address, or null if there is none or the extension cannot be read. HTTP alone: a list is signed, and fetching it over TLS would
    /// need a certificate that may be on it.</summary>
    public static Uri? Of(X509Certificate2 certificate)
    {
        X509Extension? extension = certificate.Extensions.FirstOrDefault(one => string.Equals(one.Oid?.Value, DistributionPoints, StringComparison.Ordinal));
        try
        {
            return extension is null ? null : First(new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence());
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private static Uri? First(AsnReader points)
    {
        while (points.HasData)
        {
            AsnReader point = points.ReadSequence();

            // A point that has the list's reasons or signer changed is of a kind that is not supported.
            if (!point.HasData || point.PeekTag() != Point)
            {
                continue;
            }

            AsnReader name = point.ReadSequence(Point);
            if (point.HasData || !name.HasData || name.PeekTag() != Point)
            {
                continue;
            }

            AsnReader names = name.ReadSequence(Point);
            while (names.HasData)
            {
                if (names.PeekTag() != Address)
                {
                    _ = names.ReadEncodedValue();
                    continue;
                }

                string text = Encoding.ASCII.GetString(names.ReadOctetString(Address));
                if (Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && string.Equals(address.Scheme, Uri.UriSchemeHttp, StringComparison.Ordinal))
                {
                    return address;
                }
            }
        }

        return null;
    }
}
