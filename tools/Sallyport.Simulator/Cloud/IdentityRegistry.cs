using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using Sallyport.Manifest.Routing;

namespace Sallyport.Simulator.Cloud;

/// <summary>The identities that IoT Hub knows, and edgeHub from its cache of them. Names ignore case.</summary>
internal sealed class IdentityRegistry
{
    private const int KeyLength = 32;

    private readonly ConcurrentDictionary<string, RegisteredIdentity> _identities = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, byte> _disabled = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, string?> _thumbprints = new(StringComparer.OrdinalIgnoreCase);
    private long _generation = 638_000_000_000_000_000;

    /// <summary>Registers an identity with fresh random keys; one that exists is replaced, as after a deletion.</summary>
    public RegisteredIdentity Add(HubIdentity identity)
    {
        string generation = Interlocked.Increment(ref _generation).ToString(CultureInfo.InvariantCulture);
        var registered = new RegisteredIdentity(
            identity, generation, RandomNumberGenerator.GetBytes(KeyLength), RandomNumberGenerator.GetBytes(KeyLength));
        _identities[identity.ClientId] = registered;
        _ = _disabled.TryRemove(identity.ClientId, out _);
        return registered;
    }

    /// <summary>Registers an identity with the keys that it had before.</summary>
    public void Restore(RegisteredIdentity registered) => _identities[registered.Identity.ClientId] = registered;

    public bool TryFind(HubIdentity identity, [NotNullWhen(true)] out RegisteredIdentity? registered) =>
        _identities.TryGetValue(identity.ClientId, out registered) && !_disabled.ContainsKey(identity.ClientId);

    /// <summary>Has a device prove itself with one certificate and no other; null for any of the authority.</summary>
    /// <param name="identity">Whose.</param>
    /// <param name="thumbprint">SHA-256, upper-case hexadecimal.</param>
    public void Pin(HubIdentity identity, string? thumbprint) => _thumbprints[identity.ClientId] = thumbprint;

    /// <summary>The only certificate that a device may show; null for any of the authority.</summary>
    public string? FindThumbprint(HubIdentity identity) => _thumbprints.GetValueOrDefault(identity.ClientId);

    /// <summary>Whether an identity is registered, disabled or not.</summary>
    public bool Knows(HubIdentity identity) => _identities.ContainsKey(identity.ClientId);

    /// <summary>Refuses an identity from now on.</summary>
    public void Disable(HubIdentity identity) => _disabled[identity.ClientId] = 0;

    /// <summary>Takes an identity that was disabled again.</summary>
    public void Enable(HubIdentity identity) => _ = _disabled.TryRemove(identity.ClientId, out _);
}
