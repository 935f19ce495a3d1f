using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sallyport.Identity.Keys;

namespace Sallyport.Identity;

/// <summary>A certificate that we show as a client: the leaf with its private key, wherever that is, and the authorities above it.</summary>
/// <remarks>The authorities are sent with the leaf: a service that knows the root alone cannot find them elsewhere.</remarks>
public sealed class DeviceCertificate : IDisposable
{
    private const int MaxFileSizeInBytes = 64 * 1024;

    private readonly X509Certificate2Collection _intermediates;
    private readonly IDeviceKey? _key;

    /// <summary>Takes over a leaf whose key is bound to it already, as a TPM or a token gives it.</summary>
    /// <param name="leaf">With its private key.</param>
    /// <param name="intermediates">Issuer first, without the root; may be empty. Both are disposed with this.</param>
    /// <exception cref="ArgumentException">The leaf has no private key.</exception>
    public DeviceCertificate(X509Certificate2 leaf, X509Certificate2Collection intermediates)
    {
        if (!leaf.HasPrivateKey)
        {
            throw new ArgumentException("The certificate has no private key.", nameof(leaf));
        }

        (Leaf, _intermediates) = (leaf, intermediates);
        Context = SslStreamCertificateContext.Create(leaf, intermediates, offline: true);
    }

    private DeviceCertificate(IDeviceKey key, X509Certificate2 bound, X509Certificate2Collection intermediates)
        : this(bound, intermediates) => _key = key;

    /// <summary>The certificate itself. Disposed with this.</summary>
    public X509Certificate2 Leaf { get; }

    /// <summary>The authorities that are sent along, the issuer first. Disposed with this.</summary>
    public IReadOnlyList<X509Certificate2> Intermediates => [.. _intermediates];

    /// <summary>What a TLS client needs to show it; one for all connections.</summary>
    public SslStreamCertificateContext Context { get; }

    /// <summary>The common name of the subject: the registration id, for a device.</summary>
    public string CommonName => Leaf.GetNameInfo(X509NameType.SimpleName, forIssuer: false);

    /// <summary>SHA-256 of the certificate, upper-case hexadecimal digits.</summary>
    public string Thumbprint => Leaf.GetCertHashString(HashAlgorithmName.SHA256);

    /// <summary>Joins a leaf and a key that a provider has, after a signature showed that the key answers.</summary>
    /// <param name="key">Belongs to its provider.</param>
    /// <param name="leaf">For this very key; any other is refused. Copied.</param>
    /// <param name="above">What is above it, the issuer first; a root among it is not sent. Copied.</param>
    /// <returns>Owned by the caller.</returns>
    public static KeyUse<DeviceCertificate> Bind(IDeviceKey key, X509Certificate2 leaf, X509Certificate2Collection above) => key.Bind(leaf) switch
    {
        KeyUse<X509Certificate2>.Done { Result: var bound } => new KeyUse<DeviceCertificate>.Done(new DeviceCertificate(
            key, bound, [.. above.Where(one => !IsSelfIssued(one)).Select(one => X509CertificateLoader.LoadCertificate(one.RawDataMemory.Span))])),
        KeyUse<X509Certificate2>.Unavailable unavailable => new KeyUse<DeviceCertificate>.Unavailable(unavailable.Reason),
        KeyUse<X509Certificate2>.Refused refused => new KeyUse<DeviceCertificate>.Refused(refused.Reason),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>Makes ready for one connection. A key that a provider has is bound anew: what TLS was given does not survive a reset of the TPM.</summary>
    /// <returns>Owned by the caller.</returns>
    public KeyUse<ClientHandshake> Prepare()
    {
        if (_key is null)
        {
            return new KeyUse<ClientHandshake>.Done(new ClientHandshake(Context));
        }

        using X509Certificate2 bare = X509CertificateLoader.LoadCertificate(Leaf.RawDataMemory.Span);
        return _key.Bind(bare) switch
        {
            KeyUse<X509Certificate2>.Done { Result: var bound } => new KeyUse<ClientHandshake>.Done(new ClientHandshake(_key, bound, _intermediates)),
            KeyUse<X509Certificate2>.Unavailable unavailable => new KeyUse<ClientHandshake>.Unavailable(unavailable.Reason),
            KeyUse<X509Certificate2>.Refused refused => new KeyUse<ClientHandshake>.Refused(refused.Reason),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>Reads a leaf with the authorities behind it, and the leaf's key, from two files.</summary>
    /// <param name="certificateFile">PEM: the leaf first, then what is above it; a root among it is not sent.</param>
    /// <param name="keyFile">PEM: PKCS#8, PKCS#1 or SEC1, not encrypted.</param>
    /// <param name="certificate">Belongs to the caller.</param>
    /// <param name="reason">One sentence: which file, and what is wrong with it. Never holds anything of the key.</param>
    public static bool TryRead(
        string certificateFile, string keyFile, [NotNullWhen(true)] out DeviceCertificate? certificate, [NotNullWhen(false)] out string? reason)
    {
        certificate = null;
        var chain = new X509Certificate2Collection();
        char[] key = [];
        try
        {
            if (!TryReadText(certificateFile, out char[] pem, out reason) || !TryReadText(keyFile, out key, out reason))
            {
                return false;
            }

            chain.ImportFromPem(pem);
            if (chain.Count == 0)
            {
                reason = $"{certificateFile} holds no certificate in PEM.";
                return false;
            }

            certificate = new DeviceCertificate(X509Certificate2.CreateFromPem(pem, key), [.. chain.Skip(1).Where(above => !IsSelfIssued(above))]);
            chain[0].Dispose();
            return true;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            reason = $"{certificateFile} and {keyFile} are not a certificate in PEM and its key in PEM without a password.";
            return false;
        }
        finally
        {
            Array.Clear(key);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Leaf.Dispose();
        foreach (X509Certificate2 intermediate in _intermediates)
        {
            intermediate.Dispose();
        }
    }

    /// <summary>Subject and serial number; nothing of the key.</summary>
    public override string ToString() => $"certificate {Leaf.SerialNumber} of '{Leaf.Subject}'";

    private static bool IsSelfIssued(X509Certificate2 certificate) =>
        certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);

    // Characters, not a text: a text of a key could not be wiped.
    private static bool TryReadText(string file, out char[] text, [NotNullWhen(false)] out string? reason)
    {
        (text, reason) = ([], null);
        byte[] bytes = [];
        try
        {
            using FileStream stream = File.OpenRead(file);
            if (stream.Length > MaxFileSizeInBytes)
            {
                reason = $"{file} is longer than 64 KiB.";
                return false;
            }

            bytes = GC.AllocateUninitializedArray<byte>((int)stream.Length);
            stream.ReadExactly(bytes);
            text = System.Text.Encoding.Latin1.GetChars(bytes);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            reason = $"{file} cannot be read: {e.Message}";
            return false;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }
}
