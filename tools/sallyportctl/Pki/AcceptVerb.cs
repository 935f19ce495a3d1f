using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Ctl.Pki;

/// <summary><c>sallyportctl pki accept</c>: puts the certificate of a new authority in place.</summary>
internal sealed class AcceptVerb(Surroundings surroundings, PassphraseOption passphrase)
{
    private readonly Argument<string> _authority = PkiNoun.NewAuthority();
    private readonly Option<string> _certificate = new("--certificate") { Description = "What the authority above signed, with its issuers behind it, PEM.", HelpName = "file", Required = true };

    /// <summary>Builds the verb.</summary>
    public Command Build()
    {
        var verb = new Command("accept", "Puts the signed certificate of a new authority beside its key. A certificate of another key is refused.");
        verb.Arguments.Add(_authority);
        verb.Options.Add(_certificate);
        passphrase.AddTo(verb);
        verb.SetAction(RunAsync);
        return verb;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        var folder = AuthorityFolder.Open(parsed.GetRequiredValue(_authority));
        string path = parsed.GetRequiredValue(_certificate);
        X509Certificate2Collection chain = CertificateFiles.Read(path);
        using ECDsa key = folder.OpenKey(await passphrase.ReadAsync(parsed, folder.Path, stop));
        folder.Authority(chain[0], key, surroundings.Time);
        await folder.SaveChainAsync(chain, stop);
        return surroundings.Screen.Give(new IssueReport(folder.CertificatePath, chain[0]), parsed.GetValue(CommandTree.Json));
    }
}
