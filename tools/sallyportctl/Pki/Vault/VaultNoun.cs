using System.CommandLine;

namespace Sallyport.Ctl.Pki.Vault;

/// <summary><c>sallyportctl pki vault</c>.</summary>
internal static class VaultNoun
{
    /// <summary>Builds the noun with its verbs.</summary>
    public static Command Build(Surroundings surroundings)
    {
        var noun = new Command("vault", "Certificates whose key is made in an Azure Key Vault and never leaves it: an issuing authority's, or the verifier's. Sign in first with \"az login\".");
        noun.Subcommands.Add(new VaultRequestVerb(surroundings).Build());
        noun.Subcommands.Add(new VaultMergeVerb(surroundings).Build());
        noun.Subcommands.Add(new VaultShowVerb(surroundings).Build());
        return noun;
    }
}
