using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Identity.Tests.Trust;

/// <summary>One row of the table: a device's certificate with one defect.</summary>
/// <param name="Name">What is wrong.</param>
/// <param name="Expected">What we must say.</param>
/// <param name="Make">Makes it.</param>
internal sealed record BadCertificate(string Name, CertificateFault Expected, Func<TestPki, Presented> Make);

/// <summary>What a peer shows.</summary>
/// <param name="Leaf">Its own certificate.</param>
/// <param name="Issuers">What it sends along.</param>
internal sealed record Presented(X509Certificate2 Leaf, params X509Certificate2[] Issuers)
{
    /// <summary>The key of the leaf, so that it can be shown to a broker.</summary>
    public AsymmetricAlgorithm Key { get; init; } = TestPki.DeviceKey;
}
