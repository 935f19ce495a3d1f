using System.CommandLine;
using Azure;
using Azure.Identity;
using Azure.Security.KeyVault.Certificates;
using Sallyport.Identity.Issuing;

namespace Sallyport.Ctl.Pki.Vault;

/// <summary>The arguments that say which certificate of which vault, and the calls to it. Certificates alone: no private key is ever asked for.</summary>
internal sealed class VaultPlace(Surroundings surroundings)
{
    private const int LongestName = 127;

    private readonly Option<string> _vault = new("--vault") { Description = "The vault, such as https://plant.vault.azure.net/.", HelpName = "url", Required = true };
    private readonly Option<string> _certificate = new("--certificate") { Description = "What the certificate is called in the vault: letters, digits and -.", HelpName = "name", Required = true };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Options.Add(_vault);
        verb.Options.Add(_certificate);
    }

    /// <summary>The name of the certificate.</summary>
    /// <exception cref="WrongUsageException">No vault takes it.</exception>
    public string NameOf(ParseResult parsed)
    {
        string name = parsed.GetRequiredValue(_certificate);
        return name.Length is > 0 and <= LongestName && name.All(one => char.IsAsciiLetterOrDigit(one) || one is '-')
            ? name
            : throw new WrongUsageException($"--certificate {name}: it takes 1 to {LongestName} letters, digits and -.");
    }

    /// <summary>A client of the vault.</summary>
    /// <exception cref="WrongUsageException">It is no address of a vault.</exception>
    public CertificateClient Open(ParseResult parsed)
    {
        string text = parsed.GetRequiredValue(_vault);
        return Uri.TryCreate(text, UriKind.Absolute, out Uri? vault) && string.Equals(vault.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal) && vault.AbsolutePath is "/"
            ? surroundings.OpenVault?.Invoke(vault) ?? new CertificateClient(vault, new DefaultAzureCredential())
            : throw new WrongUsageException($"--vault {text}: it takes the address of a vault, such as https://plant.vault.azure.net/.");
    }

    /// <summary>Asks the vault; what it refuses becomes one sentence that says what to do.</summary>
    /// <exception cref="WrongUsageException">It refuses, or nobody is signed in.</exception>
    public static async Task<T> AskAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (RequestFailedException refused)
        {
            throw new WrongUsageException($"{AdviceFor(refused)} The vault says: {FirstLineOf(refused.Message)}");
        }
        catch (AuthenticationFailedException refused)
        {
            throw new WrongUsageException($"Nobody is signed in to Azure: \"az login\" does it. {FirstLineOf(refused.Message)}");
        }
    }

    /// <summary>The request that waits in the vault to be signed.</summary>
    /// <exception cref="WrongUsageException">There is none, or it cannot be read.</exception>
    public static SigningRequest RequestOf(CertificateOperation pending) =>
        pending.Properties.Csr is { Length: > 0 } bytes && SigningRequest.Read(bytes) is SigningRequestReading.Read { Request: var request }
            ? request
            : throw new WrongUsageException($"The vault has no request for '{pending.Properties.Name}' that can be read.");

    private static string AdviceFor(RequestFailedException refused) => refused.Status switch
    {
        0 => "The vault cannot be reached: check its address, the network and its firewall.",
        401 or 403 => "The vault refuses: whoever is signed in needs the role Key Vault Certificates Officer there, and its firewall must let this machine in.",
        404 => "There is no such certificate in the vault: \"pki vault request\" makes one.",
        409 => "Something is there already: a request that waits for \"pki vault merge\" (\"pki vault show\" says), or a deleted certificate of this name.",
        _ => $"The vault refuses ({refused.Status}).",
    };

    private static string FirstLineOf(string text)
    {
        int end = text.AsSpan().IndexOfAny('\r', '\n');
        return end < 0 ? text : text[..end];
    }
}
