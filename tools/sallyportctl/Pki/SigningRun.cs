using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sallyport.Identity.Issuing;

namespace Sallyport.Ctl.Pki;

/// <summary>An authority that was unlocked for one command.</summary>
internal sealed class SigningRun : IDisposable
{
    private readonly ECDsa _key;

    private SigningRun(AuthorityFolder folder, X509Certificate2Collection chain, ECDsa key, TimeProvider time)
    {
        (Folder, Chain, _key) = (folder, chain, key);
        Authority = folder.Authority(chain[0], key, time);
    }

    public AuthorityFolder Folder { get; }

    /// <summary>The authority's certificate first.</summary>
    public X509Certificate2Collection Chain { get; }

    public SigningAuthority Authority { get; }

    /// <summary>Opens the folder and its key.</summary>
    /// <exception cref="WrongUsageException">It is none, or the passphrase is wrong.</exception>
    public static async Task<SigningRun> OpenAsync(string path, ParseResult parsed, PassphraseOption passphrase, TimeProvider time, CancellationToken stop)
    {
        var folder = AuthorityFolder.Open(path);
        X509Certificate2Collection chain = folder.ReadChain();
        return new SigningRun(folder, chain, folder.OpenKey(await passphrase.ReadAsync(parsed, path, stop)), time);
    }

    public void Dispose()
    {
        _key.Dispose();
        foreach (X509Certificate2 one in Chain)
        {
            one.Dispose();
        }
    }
}
