using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Identity.Revocation;

/// <summary>There are no lists: nothing is known about any certificate, which is a refusal where proof is demanded.</summary>
public sealed class NoRevocationLists : IRevocationCheck
{
    private NoRevocationLists()
    {
    }

    /// <summary>The only instance.</summary>
    public static NoRevocationLists Instance { get; } = new();

    /// <inheritdoc/>
    public long Generation => 0;

    /// <inheritdoc/>
    public RevocationAnswer Ask(X509Certificate2 certificate, X509Certificate2 issuer, TimeSpan staleFor) =>
        new RevocationAnswer.Unknown("no revocation lists are configured");

    /// <inheritdoc/>
    public IDisposable OnChange(Action handler) => Nothing.Instance;

    private sealed class Nothing : IDisposable
    {
        public static Nothing Instance { get; } = new();

        public void Dispose()
        {
        }
    }
}
