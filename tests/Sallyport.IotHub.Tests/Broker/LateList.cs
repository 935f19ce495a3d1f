using System.Security.Cryptography.X509Certificates;
using Sallyport.Identity.Revocation;

namespace Sallyport.IotHub.Tests.Broker;

/// <summary>Knows nothing until it is told that everything is revoked.</summary>
internal sealed class LateList : IRevocationCheck
{
    private Action? _handler;
    private bool _isRevoked;

    public long Generation { get; private set; }

    public RevocationAnswer Ask(X509Certificate2 certificate, X509Certificate2 issuer, TimeSpan staleFor) => _isRevoked
        ? new RevocationAnswer.Revoked(X509RevocationReason.KeyCompromise, DateTimeOffset.UnixEpoch)
        : new RevocationAnswer.Unknown("nobody asked yet");

    public IDisposable OnChange(Action handler)
    {
        _handler += handler;
        return new Subscription(() => _handler -= handler);
    }

    public void Revoke()
    {
        (_isRevoked, Generation) = (true, Generation + 1);
        _handler?.Invoke();
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
