using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Sallyport.Identity.Keys;

namespace Sallyport.Identity;

/// <summary>What one connection shows of us. Keep it as long as the connection.</summary>
public sealed class ClientHandshake : IDisposable
{
    private readonly IDeviceKey? _key;
    private readonly X509Certificate2? _bound;

    /// <summary>With a key in memory, for all connections alike.</summary>
    internal ClientHandshake(SslStreamCertificateContext context) => Context = context;

    /// <summary>With a key that a provider has.</summary>
    /// <param name="key">Belongs to its provider.</param>
    /// <param name="bound">For this connection alone; owned.</param>
    /// <param name="intermediates">Sent along.</param>
    internal ClientHandshake(IDeviceKey key, X509Certificate2 bound, X509Certificate2Collection intermediates)
    {
        (_key, _bound) = (key, bound);
        Context = SslStreamCertificateContext.Create(bound, intermediates, offline: true);
    }

    /// <summary>What a TLS client needs.</summary>
    public SslStreamCertificateContext Context { get; }

    /// <summary>Waits until nobody else uses the keys of the provider; at once for a key in memory. See <see cref="IDeviceKey.TakeTurnAsync"/>.</summary>
    /// <returns>Dispose it when the handshake is over; null for a key in memory.</returns>
    public async Task<IDisposable?> TakeTurnAsync(CancellationToken cancellationToken) =>
        _key is null ? null : await _key.TakeTurnAsync(cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _bound?.Dispose();
}
