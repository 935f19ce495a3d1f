using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Identity;

/// <summary>The role that a certificate gives a client of Modbus devices. The device decides what a role may do.</summary>
/// <remarks>Modbus/TCP Security Protocol Specification V3.6: extension 1.3.6.1.4.1.50316.802.1, one UTF8String.</remarks>
public static class ModbusRole
{
    /// <summary>The extension.</summary>
    public const string ObjectId = "1.3.6.1.4.1.50316.802.1";

    /// <summary>The role, or null if the certificate has none, several, or one that cannot be read.</summary>
    public static string? Of(X509Certificate2 certificate)
    {
        X509Extension[] found = [.. certificate.Extensions.Where(extension => string.Equals(extension.Oid?.Value, ObjectId, StringComparison.Ordinal))];
        if (found.Length != 1)
        {
            return null;
        }

        try
        {
            string role = AsnDecoder.ReadCharacterString(found[0].RawData, AsnEncodingRules.DER, UniversalTagNumber.UTF8String, out int consumed);
            return consumed == found[0].RawData.Length ? role : null;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }
}
