using System.CommandLine;
using Azure;
using Azure.Security.KeyVault.Certificates;

namespace Sallyport.Ctl.Pki.Vault;

/// <summary><c>sallyportctl pki vault show</c>: a certificate in the vault, and whether its key stays there.</summary>
internal sealed class VaultShowVerb(Surroundings surroundings)
{
    private readonly VaultPlace _place = new(surroundings);

    /// <summary>Builds the verb.</summary>
    public Command Build()
    {
        var verb = new Command("show", "Shows a certificate in the vault, whether its key can be exported, and whether a request waits.");
        _place.AddTo(verb);
        verb.SetAction(RunAsync);
        return verb;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        string name = _place.NameOf(parsed);
        CertificateClient vault = _place.Open(parsed);
        KeyVaultCertificateWithPolicy found = await VaultPlace.AskAsync(async () => (await vault.GetCertificateAsync(name, stop)).Value);
        string? pending = await VaultPlace.AskAsync(() => PendingAsync(vault, name, stop));
        return surroundings.Screen.Give(new VaultReport(found, pending, surroundings.Time.GetUtcNow()), parsed.GetValue(CommandTree.Json));
    }

    private static async Task<string?> PendingAsync(CertificateClient vault, string name, CancellationToken stop)
    {
        try
        {
            CertificateOperation pending = await vault.GetCertificateOperationAsync(name, stop);
            return pending.Properties.Status;
        }
        catch (RequestFailedException none) when (none.Status == 404)
        {
            return null;
        }
    }
}
