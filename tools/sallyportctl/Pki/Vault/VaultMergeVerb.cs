using System.CommandLine;
using System.Security.Cryptography.X509Certificates;
using Azure.Security.KeyVault.Certificates;

namespace Sallyport.Ctl.Pki.Vault;

/// <summary><c>sallyportctl pki vault merge</c>: brings what the root signed to the key in the vault.</summary>
internal sealed class VaultMergeVerb(Surroundings surroundings)
{
    private readonly VaultPlace _place = new(surroundings);
    private readonly Option<string> _signed = new("--signed") { Description = "The signed certificate with its issuers behind it, PEM.", HelpName = "file", Required = true };

    /// <summary>Builds the verb.</summary>
    public Command Build()
    {
        var verb = new Command("merge", "Puts the signed certificate to its key in the vault. A certificate of another key is refused before the vault sees it.");
        _place.AddTo(verb);
        verb.Options.Add(_signed);
        verb.SetAction(RunAsync);
        return verb;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        string name = _place.NameOf(parsed);
        string path = parsed.GetRequiredValue(_signed);
        X509Certificate2Collection chain = CertificateFiles.Read(path);
        CertificateClient vault = _place.Open(parsed);
        CertificateOperation pending = await VaultPlace.AskAsync(() => vault.GetCertificateOperationAsync(name, stop));
        byte[] key = VaultPlace.RequestOf(pending).PublicKey.ExportSubjectPublicKeyInfo();
        if (!chain[0].PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(key))
        {
            throw new WrongUsageException($"{path}: its first certificate is not of the key that waits in the vault as '{name}'. Nothing was merged.");
        }

        var merge = new MergeCertificateOptions(name, chain.Select(one => one.RawData));
        KeyVaultCertificateWithPolicy merged = await VaultPlace.AskAsync(async () => (await vault.MergeCertificateAsync(merge, stop)).Value);
        return surroundings.Screen.Give(new VaultReport(merged, null, surroundings.Time.GetUtcNow()), parsed.GetValue(CommandTree.Json));
    }
}
