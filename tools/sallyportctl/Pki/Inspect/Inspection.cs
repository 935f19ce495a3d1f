using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sallyport.Identity;
using Sallyport.Identity.Revocation;

namespace Sallyport.Ctl.Pki.Inspect;

/// <summary>Has the validator judge certificates, with the same roots and lists for every link.</summary>
/// <param name="chain">The certificate that is judged first, then what is presented with it.</param>
/// <param name="roots">The only roots.</param>
/// <param name="lists">Verified lists; null if revocation is not looked at.</param>
/// <param name="time">The time of judgement.</param>
internal sealed class Inspection(X509Certificate2Collection chain, X509Certificate2Collection roots, RevocationStore? lists, TimeProvider time)
{
    private X509Certificate2 Leaf => chain[0];

    /// <summary>Whether it is the beginning of trust itself, which a link pins and does not judge.</summary>
    public bool IsRoot => string.Equals(Leaf.Subject, Leaf.Issuer, StringComparison.Ordinal);

    /// <summary>Whether it is a verifier's, which no link sees.</summary>
    public bool IsVerifier => CertificateText.IsVerifier(Leaf);

    /// <summary>Takes lists in whose authority is among the certificates.</summary>
    /// <exception cref="WrongUsageException">A list is none, or its authority is not here or did not sign it.</exception>
    public static RevocationStore Read(IReadOnlyList<string> paths, IEnumerable<X509Certificate2> authorities, TimeProvider time)
    {
        var store = new RevocationStore(time);
        foreach (X509Certificate2 authority in authorities)
        {
            try
            {
                store.Watch(authority);
            }
            catch (CryptographicException)
            {
                // Its key cannot be decoded, so nobody has a list of it; the verdict says the rest.
            }
        }

        foreach (string path in paths)
        {
            if (!RevocationList.TryRead(File.ReadAllBytes(path), out RevocationList? list, out string reason))
            {
                throw new WrongUsageException($"--crl {path}: {reason}");
            }

            switch (store.Offer(list))
            {
                case RevocationListOutcome.Unclaimed:
                    throw new WrongUsageException($"--crl {path}: none of the certificates here is its authority's. Name the file of the chain, and --root.");
                case RevocationListOutcome.Refused { Fault: var fault }:
                    throw new WrongUsageException($"--crl {path}: it is not believed ({fault}). Fetch it again from its authority.");
            }
        }

        return store;
    }

    /// <summary>The verdict of each link.</summary>
    public ImmutableArray<LinkVerdict> Judge(IEnumerable<LinkWord> links, string? name) => [.. links.Select(link => Judge(link, name))];

    private LinkVerdict Judge(LinkWord link, string? name)
    {
        var validator = lists is null
            ? new CertificateValidator(link.Profile, roots, time) { RevocationPolicy = RevocationPolicy.WhenListed.Instance }
            : new CertificateValidator(link.Profile, roots, time) { Revocation = lists };
        return new LinkVerdict(link, validator.Validate(Leaf, chain, link.PeerOf(Leaf, name)));
    }
}
