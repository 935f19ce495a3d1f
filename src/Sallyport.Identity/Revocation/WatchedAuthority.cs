using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Identity.Revocation;

/// <summary>An authority whose lists are kept, as it stands now.</summary>
/// <param name="Name">Its subject.</param>
/// <param name="Id">SHA-256 of its key and name, hexadecimal: tells two authorities of one name apart.</param>
public sealed record WatchedAuthority(string Name, string Id)
{
    /// <summary>Where its list is fetched; null if nobody said.</summary>
    public Uri? Address { get; init; }

    /// <summary>The list that counts; null if there is none.</summary>
    public RevocationList? List { get; init; }

    /// <summary>Its certificate, a copy of our own.</summary>
    internal X509Certificate2 Certificate { get; init; } = null!;

    /// <summary>How much of the list's life is over, 0 to 1 and more; null without a list.</summary>
    public double? Age(DateTimeOffset now) => List is { } list ? (now - list.ThisUpdate) / (list.NextUpdate - list.ThisUpdate) : null;
}
