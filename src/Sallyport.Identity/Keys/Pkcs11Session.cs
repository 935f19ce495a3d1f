using System.Security.Cryptography;
using System.Text;
using Sallyport.Identity.Keys.Pkcs11;

namespace Sallyport.Identity.Keys;

/// <summary>A session of the user with a token: finds, makes and destroys keys. It never logs out: OpenSSL is logged in by the same right.</summary>
internal sealed class Pkcs11Session(Cryptoki module, nuint session) : IDisposable
{
    /// <summary>Whether the token has a private key of this name.</summary>
    public bool Holds(string label)
    {
        using CryptokiTemplate template = Named(CryptokiConstants.PrivateKey, label);
        return module.Find(session, template).Length > 0;
    }

    /// <summary>Makes a key that cannot be read, and says so if the token made another.</summary>
    /// <param name="label">Its name, and its id.</param>
    /// <param name="agrees">True for ECDH, false for ECDSA.</param>
    /// <param name="known">Handles that OpenSSL knows in this process.</param>
    /// <returns>What is wrong with the key, which is then destroyed; null for nothing.</returns>
    /// <exception cref="CryptographicException">The token makes none in this process.</exception>
    public string? Create(string label, bool agrees, IReadOnlySet<nuint> known)
    {
        nuint use = agrees ? CryptokiConstants.Derive : CryptokiConstants.Sign;
        byte[] id = SHA256.HashData(Encoding.UTF8.GetBytes(label))[..8];
        using CryptokiTemplate publicKey = Named(CryptokiConstants.PublicKey, label)
            .With(CryptokiConstants.Id, id)
            .With(CryptokiConstants.OnToken, value: true)
            .With(agrees ? CryptokiConstants.Derive : CryptokiConstants.Verify, value: true)
            .With(CryptokiConstants.EcParams, CryptokiConstants.P256);
        using CryptokiTemplate privateKey = Named(CryptokiConstants.PrivateKey, label)
            .With(CryptokiConstants.Id, id)
            .With(CryptokiConstants.OnToken, value: true)
            .With(CryptokiConstants.Private, value: true)
            .With(CryptokiConstants.Sensitive, value: true)
            .With(CryptokiConstants.Extractable, value: false)
            .With(use, value: true);
        (nuint half, nuint key) = module.GenerateKeyPair(session, publicKey, privateKey);
        if (known.Contains(half) || known.Contains(key))
        {
            // OpenSSL's engine remembers a key by its handle for as long as the process lives, and would take this one for the destroyed one.
            Destroy(label);
            throw new CryptographicException("it gives the handles of destroyed keys to new ones");
        }

        if (module.IsSet(session, key, CryptokiConstants.Sensitive) && !module.IsSet(session, key, CryptokiConstants.Extractable))
        {
            return null;
        }

        Destroy(label);
        return "the token made a key that can be read out of it, and that is no protection";
    }

    /// <summary>Destroys every object of this name.</summary>
    public void Destroy(string label)
    {
        Destroy(CryptokiConstants.PrivateKey, label);
        Destroy(CryptokiConstants.PublicKey, label);
    }

    /// <summary>The handles of all keys on elliptic curves.</summary>
    public IReadOnlyCollection<nuint> Keys()
    {
        var found = new List<nuint>();
        foreach (nuint kind in (nuint[])[CryptokiConstants.PublicKey, CryptokiConstants.PrivateKey])
        {
            using CryptokiTemplate template = new CryptokiTemplate().With(CryptokiConstants.Class, kind).With(CryptokiConstants.KeyType, CryptokiConstants.EllipticCurve);
            found.AddRange(module.Find(session, template));
        }

        return found;
    }

    public void Dispose() => module.CloseSession(session);

    private void Destroy(nuint kind, string label)
    {
        using CryptokiTemplate template = Named(kind, label);
        while (module.Find(session, template) is [var item, ..])
        {
            module.Destroy(session, item);
        }
    }

    private static CryptokiTemplate Named(nuint kind, string label) => new CryptokiTemplate()
        .With(CryptokiConstants.Class, kind)
        .With(CryptokiConstants.KeyType, CryptokiConstants.EllipticCurve)
        .With(CryptokiConstants.Label, Encoding.UTF8.GetBytes(label));
}
