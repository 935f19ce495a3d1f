using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Identity.Revocation;

/// <summary>Answers whether certificates are revoked, from lists that it has: never from the network, and never after a wait.</summary>
public interface IRevocationCheck
{
    /// <summary>Rises each time that an answer may have changed.</summary>
    long Generation { get; }

    /// <summary>Asks about one certificate.</summary>
    /// <param name="certificate">Whose signature was verified with the issuer's key already.</param>
    /// <param name="issuer">Who issued it, and so signs the list.</param>
    /// <param name="staleFor">How long a list still counts after its next update was due.</param>
    RevocationAnswer Ask(X509Certificate2 certificate, X509Certificate2 issuer, TimeSpan staleFor);

    /// <summary>Calls a handler each time that an answer may have changed, so that connections that are open can be judged again.</summary>
    /// <param name="handler">Called from the loop that brings new lists: must return soon and not throw.</param>
    /// <returns>Ends it.</returns>
    IDisposable OnChange(Action handler);
}
