using System.Collections.Immutable;
using Sallyport.SealedRing.Keys;
using Sallyport.SecureBuffer.Keys;

namespace Sallyport.SecureBuffer.Storage;

/// <summary>Where the rings lie and what wraps their keys.</summary>
/// <param name="Folder">Made when missing.</param>
/// <param name="Wrappers">The preferred first.</param>
internal sealed record RingPlace(string Folder, ImmutableArray<IKeyWrapper> Wrappers)
{
    /// <summary>The key of a developer's machine: forgotten when the rings are destroyed. Null if an Edge daemon has the key.</summary>
    public IDisposable? DevelopmentKey { get; init; }

    /// <summary>The gateway's own keys in a TPM, a token or files; null if none are configured. Opened before the rings.</summary>
    public GatewayKeys? Keys { get; init; }

    public string FileOf(string lane) => Path.Combine(Folder, $"{lane}.ring");
}
