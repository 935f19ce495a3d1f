using Sallyport.Manifest.Routing;
using Sallyport.Simulator.Cloud;

namespace Sallyport.Simulator.Tests.Brokers;

/// <summary>Mints tokens as the official clients do.</summary>
internal static class TestTokens
{
    public static string Mint(string host, RegisteredIdentity registered, DateTimeOffset expiresAt) =>
        Mint(host, registered.Identity, registered.PrimaryKey, expiresAt);

    public static string Mint(string host, HubIdentity identity, ReadOnlyMemory<byte> key, DateTimeOffset expiresAt) =>
        SasToken.Mint(host, identity, key, expiresAt);
}
