using System.Buffers;
using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Identity.OpcUa;

/// <summary>What files in a store are called, as OPC Publisher's stack calls them: <c>CN [thumbprint].der</c>, and the same with <c>.crl</c>.</summary>
internal static class StoreFileName
{
    private const string CommonName = "2.5.4.3";
    private const char Replacement = '+';
    private static readonly SearchValues<char> Illegal = SearchValues.Create("<>:\"/\\|?*");

    /// <summary>The file of a certificate.</summary>
    public static string OfCertificate(X509Certificate2 certificate) => Stem(certificate) + ".der";

    /// <summary>The file of an authority's revocation list.</summary>
    public static string OfList(X509Certificate2 authority) => Stem(authority) + ".crl";

    // A name comes from whoever made the certificate: what could leave the folder is replaced.
    private static string Stem(X509Certificate2 certificate)
    {
        string name = certificate.SubjectName.EnumerateRelativeDistinguishedNames()
            .Where(part => !part.HasMultipleElements && part.GetSingleElementType().Value is CommonName)
            .Select(part => part.GetSingleElementValue())
            .FirstOrDefault() ?? "";
        string safe = string.Concat(name.Select(one => Illegal.Contains(one) || char.IsControl(one) ? Replacement : one)).Trim();
        return $"{safe} [{certificate.Thumbprint}]";
    }
}
