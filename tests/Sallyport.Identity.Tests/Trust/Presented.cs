using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Identity.Tests.Trust;

/// <summary>What a peer shows.</summary>
/// <param name="Leaf">Its own certificate.</param>
/// <param name="Issuers">What it sends along.</param>
internal sealed record Presented(X509Certificate2 Leaf, params X509Certificate2[] Issuers)
{
    /// <summary>The key of the leaf, so that it can be shown to a broker.</summary>
    public AsymmetricAlgorithm Key { get; init; } = TestPki.DeviceKey;
}
