using System.Formats.Asn1;
using System.Text;

namespace Sallyport.Identity.Est;

/// <summary>What a server wants in a request: <c>/csrattrs</c>, RFC 7030 section 4.5.2. Only the binding to the connection concerns us; what is in the certificate is the authority's affair.</summary>
internal static class RequestedAttributes
{
    /// <summary>PKCS #9 <c>challengePassword</c>: asks for the binding, section 3.5.</summary>
    public const string ChallengePassword = "1.2.840.113549.1.9.7";

    /// <summary>Whether the binding is asked for; false for anything that cannot be decoded.</summary>
    public static bool AskForBinding(ReadOnlySpan<byte> base64)
    {
        try
        {
            var reader = new AsnReader(Convert.FromBase64String(Encoding.ASCII.GetString(base64)), AsnEncodingRules.DER);
            AsnReader attributes = reader.ReadSequence();
            while (attributes.HasData)
            {
                if (attributes.PeekTag() == Asn1Tag.ObjectIdentifier)
                {
                    if (string.Equals(attributes.ReadObjectIdentifier(), ChallengePassword, StringComparison.Ordinal))
                    {
                        return true;
                    }
                }
                else
                {
                    attributes.ReadEncodedValue();
                }
            }
        }
        catch (Exception e) when (e is FormatException or AsnContentException)
        {
            // No list is an empty list.
        }

        return false;
    }
}
