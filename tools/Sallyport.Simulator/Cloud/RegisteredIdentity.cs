using Sallyport.Manifest.Routing;

namespace Sallyport.Simulator.Cloud;

/// <summary>An entry of the identity registry.</summary>
/// <param name="Identity">Whose entry it is.</param>
/// <param name="GenerationId">Tells this identity from an earlier one of the same name.</param>
/// <param name="PrimaryKey">Signs tokens; 32 bytes.</param>
/// <param name="SecondaryKey">As good as the primary one; 32 bytes.</param>
internal sealed record RegisteredIdentity(
    HubIdentity Identity, string GenerationId, ReadOnlyMemory<byte> PrimaryKey, ReadOnlyMemory<byte> SecondaryKey)
{
    /// <summary>Never prints the keys.</summary>
    public override string ToString() => $"{Identity} (generation {GenerationId})";
}
