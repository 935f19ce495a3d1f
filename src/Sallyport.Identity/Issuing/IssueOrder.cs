using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Sallyport.Identity.Issuing;

/// <summary>What an authority decided to certify. The order says what goes into the certificate; a request can only ask for less.</summary>
/// <param name="Profile">What kind of certificate.</param>
/// <param name="CommonName">1 to 64 characters; of a device its registration id.</param>
/// <param name="Life">More than nothing, at most the profile's longest life.</param>
public sealed record IssueOrder(CertificateProfile Profile, string CommonName, TimeSpan Life)
{
    /// <summary>X.520 <c>ub-common-name</c>.</summary>
    public const int LongestCommonName = 64;

    /// <summary>The organisation; empty for none.</summary>
    public string Organisation { get; init; } = "";

    /// <summary>DNS names, without wildcards.</summary>
    public ImmutableArray<string> DnsNames { get; init; } = [];

    /// <summary>Addresses.</summary>
    public ImmutableArray<IPAddress> Addresses { get; init; } = [];

    /// <summary>URIs, such as an OPC UA application's.</summary>
    public ImmutableArray<string> Uris { get; init; } = [];

    /// <summary>Whether extended key usages that the request asks for and the profile has not are left out rather than refused: for requests that others write,
    /// such as Azure Key Vault's, which always ask for serverAuth and clientAuth.</summary>
    public bool LeavesOutAskedUsages { get; init; }

    /// <summary>The DNS names that the certificate gets.</summary>
    public IEnumerable<string> AllDnsNames => (Profile.NamesItself ? DnsNames.Prepend(CommonName) : DnsNames).Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>The subject that the certificate gets.</summary>
    public X500DistinguishedName Subject
    {
        get
        {
            var builder = new X500DistinguishedNameBuilder();
            if (Organisation.Length > 0)
            {
                builder.AddOrganizationName(Organisation);
            }

            builder.AddCommonName(CommonName);
            return builder.Build();
        }
    }

    /// <summary>What is wrong with it, in one sentence that says what to do; null if nothing is.</summary>
    public string? FindFault() =>
        CommonName.Length is < 1 or > LongestCommonName ? $"The common name has {CommonName.Length} characters; it takes 1 to {LongestCommonName}."
        : CommonName.Any(char.IsControl) ? "The common name holds a control character."
        : Profile.NamesItself && !IsRegistrationId(CommonName) ? $"'{CommonName}' is no registration id: it takes small letters, digits and - . _ :, and ends in a letter, a digit or -."
        : Organisation.Length > LongestCommonName || Organisation.Any(char.IsControl) ? $"The organisation takes at most {LongestCommonName} characters and no control character."
        : Life <= TimeSpan.Zero || Life > Profile.LongestLife ? $"A life of {Life.TotalDays:0.##} days is not what the profile {Profile} allows: at most {Profile.LongestLife.TotalDays:0} days."
        : DnsNames.FirstOrDefault(name => Uri.CheckHostName(name) is not UriHostNameType.Dns) is { } bad ? $"'{bad}' is no DNS name. Wildcards are not signed."
        : Uris.FirstOrDefault(uri => !Uri.TryCreate(uri, UriKind.Absolute, out _) || !Ascii.IsValid(uri)) is { } wrong ? $"'{wrong}' is no URI."
        : Profile.NeedsHost && DnsNames.IsEmpty && Addresses.IsEmpty ? $"The profile {Profile} needs the DNS name or address that is dialled."
        : Profile.NeedsUri && Uris.IsEmpty ? $"The profile {Profile} needs the application's URI."
        : Profile.IsAuthority && (DnsNames, Addresses, Uris) is not ({ IsEmpty: true }, { IsEmpty: true }, { IsEmpty: true }) ? "An authority has no alternative names."
        : null;

    // DPS: at most 128 of these, but the common name holds 64.
    private static bool IsRegistrationId(string id) =>
        id.All(one => char.IsAsciiLetterLower(one) || char.IsAsciiDigit(one) || one is '-' or '.' or '_' or ':')
        && (char.IsAsciiLetterOrDigit(id[^1]) || id[^1] is '-');
}
