using System.CommandLine;
using Sallyport.Ctl.Pki.Inspect;
using Sallyport.Ctl.Pki.Vault;

namespace Sallyport.Ctl.Pki;

/// <summary><c>sallyportctl pki</c>.</summary>
internal static class PkiNoun
{
    /// <summary>The folder of an authority.</summary>
    public static Argument<string> NewAuthority() => new("authority") { Description = "The folder of the authority, such as plant/issuing." };

    /// <summary>Builds the noun with its verbs.</summary>
    public static Command Build(Surroundings surroundings)
    {
        var passphrase = new PassphraseOption(surroundings);
        var noun = new Command("pki", "A plant's own certificates: an offline root, an issuing authority below it, and what they sign.");
        noun.Subcommands.Add(new InitVerb(surroundings, passphrase).Build());
        noun.Subcommands.Add(new NewAuthorityVerb(surroundings, passphrase).Build());
        noun.Subcommands.Add(new AcceptVerb(surroundings, passphrase).Build());
        noun.Subcommands.Add(new RequestVerb(surroundings).Build());
        noun.Subcommands.Add(new IssueVerb(surroundings, passphrase).Build());
        noun.Subcommands.Add(new RevokeVerb(surroundings, passphrase).Build());
        noun.Subcommands.Add(new CrlVerb(surroundings, passphrase).Build());
        noun.Subcommands.Add(new ListVerb(surroundings).Build());
        noun.Subcommands.Add(new InspectVerb(surroundings).Build());
        noun.Subcommands.Add(VaultNoun.Build(surroundings));
        return noun;
    }
}
