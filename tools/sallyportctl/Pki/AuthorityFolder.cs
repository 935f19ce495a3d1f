using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Sallyport.Identity;
using Sallyport.Identity.Issuing;

namespace Sallyport.Ctl.Pki;

/// <summary>An authority in a folder: <c>authority.json</c>, <c>certificate.pem</c> with its issuers behind it, and <c>key.pem</c>, encrypted.</summary>
/// <param name="Path">The folder.</param>
/// <param name="Record">What it remembers.</param>
internal sealed record AuthorityFolder(string Path, AuthorityRecord Record)
{
    private const string RecordName = "authority.json";
    private const string CertificateName = "certificate.pem";
    private const string RequestName = "request.pem";
    private const string KeyName = "key.pem";

    // OWASP's figure for PBKDF2 with SHA-256.
    private static readonly PbeParameters Encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 600_000);

    /// <summary>Its request to the authority above, until its certificate is there.</summary>
    public string RequestPath => System.IO.Path.Combine(Path, RequestName);

    /// <summary>Its certificate and the issuers behind it.</summary>
    public string CertificatePath => System.IO.Path.Combine(Path, CertificateName);

    /// <summary>Whether its certificate is there.</summary>
    public bool IsCertified => File.Exists(CertificatePath);

    private string KeyPath => System.IO.Path.Combine(Path, KeyName);

    /// <summary>Makes the folder and the key.</summary>
    /// <exception cref="WrongUsageException">There is something already.</exception>
    public static async Task<AuthorityFolder> CreateAsync(string path, AuthorityRecord record, ECDsa key, string passphrase, CancellationToken stop)
    {
        if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
        {
            throw new WrongUsageException($"{path}: there is something already. An authority begins in a folder of its own.");
        }

        _ = OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(path)
            : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var folder = new AuthorityFolder(path, record);
        await DurableFile.ReplaceAsync(folder.KeyPath, Encoding.ASCII.GetBytes(key.ExportEncryptedPkcs8PrivateKeyPem(passphrase, Encryption) + "\n"), stop);
        return await folder.SaveAsync(record, stop);
    }

    /// <summary>Opens a folder.</summary>
    /// <exception cref="WrongUsageException">It is none of an authority.</exception>
    public static AuthorityFolder Open(string path)
    {
        string record = System.IO.Path.Combine(path, RecordName);
        return File.Exists(record)
            ? new AuthorityFolder(path, AuthorityRecord.Read(record, File.ReadAllBytes(record)))
            : throw new WrongUsageException($"{path}: it is no folder of an authority: {RecordName} is missing. \"{Terminal.Screen.Program} pki init\" makes one.");
    }

    /// <summary>Writes what it remembers, before anything that the memory is about leaves the folder.</summary>
    public async Task<AuthorityFolder> SaveAsync(AuthorityRecord record, CancellationToken stop)
    {
        await DurableFile.ReplaceAsync(System.IO.Path.Combine(Path, RecordName), record.ToBytes(), stop);
        return this with { Record = record };
    }

    /// <summary>Its certificate, and the issuers between it and the root.</summary>
    /// <exception cref="WrongUsageException">It has none yet.</exception>
    public X509Certificate2Collection ReadChain() => IsCertified
        ? CertificateFiles.Read(CertificatePath)
        : throw new WrongUsageException($"{Path}: the authority has no certificate yet. Have {RequestPath} signed, then \"{Terminal.Screen.Program} pki accept\".");

    /// <summary>Its key.</summary>
    /// <exception cref="WrongUsageException">The passphrase is wrong, or the file is no key.</exception>
    public ECDsa OpenKey(string passphrase)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromEncryptedPem(File.ReadAllText(KeyPath), passphrase);
            return key;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            key.Dispose();
            throw new WrongUsageException($"{KeyPath}: the passphrase is wrong, or the file is damaged.");
        }
    }

    /// <summary>The authority, ready to sign; its time is up with the using of what it was made of.</summary>
    /// <exception cref="WrongUsageException">Certificate and key do not belong together.</exception>
    public SigningAuthority Authority(X509Certificate2 certificate, ECDsa key, TimeProvider time) =>
        certificate.PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(key.ExportSubjectPublicKeyInfo())
            ? new SigningAuthority(certificate, X509SignatureGenerator.CreateForECDsa(key), Record.RevocationList, time)
            : throw new WrongUsageException($"{Path}: the certificate is not of the key that lies beside it.");

    /// <summary>Puts a chain in place.</summary>
    public Task SaveChainAsync(X509Certificate2Collection chain, CancellationToken stop) =>
        DurableFile.ReplaceAsync(CertificatePath, Encoding.ASCII.GetBytes(CertificateFiles.Pem(chain)), stop);
}
