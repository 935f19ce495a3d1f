using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Identity.Tests;

/// <summary>A server certificate; the defaults are the shape that the Edge daemon gives edgeHub.</summary>
internal sealed record ServerShape
{
    public const string ServerAuth = "1.3.6.1.5.5.7.3.1";
    public const string ClientAuth = "1.3.6.1.5.5.7.3.2";
    public const string AnyUsage = "2.5.29.37.0";

    public string CommonName { get; init; } = "gw-0001";

    public string[] Names { get; init; } = ["gw-0001", "edgeHub"];

    public string[] Usages { get; init; } = [ServerAuth];

    public X509KeyUsageFlags? KeyUsage { get; init; }

    public bool IsAuthority { get; init; }

    public int RsaKeySizeInBits { get; init; } = 2048;

    public bool ClaimsSha1 { get; init; }

    public DateTimeOffset NotBefore { get; init; } = TestAuthority.Now.AddDays(-1);

    public DateTimeOffset NotAfter { get; init; } = TestAuthority.Now.AddDays(30);

    public X509Extension[] Further { get; init; } = [];
}
