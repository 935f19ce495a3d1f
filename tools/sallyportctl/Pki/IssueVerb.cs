using System.CommandLine;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Sallyport.Identity.Issuing;

namespace Sallyport.Ctl.Pki;

/// <summary><c>sallyportctl pki issue</c>: certifies the key of a request.</summary>
internal sealed class IssueVerb(Surroundings surroundings, PassphraseOption passphrase)
{
    private readonly Argument<string> _authority = PkiNoun.NewAuthority();
    private readonly OrderOptions _order = new();
    private readonly Option<string> _request = new("--csr") { Description = "The certificate signing request, PEM or DER.", HelpName = "file", Required = true };
    private readonly Option<bool> _leaveOut = new("--leave-out-usages")
    {
        Description = "Leave out extended key usages that the request asks for and the profile has not. Key Vault's requests always ask for two.",
    };

    private readonly Option<string> _out = new("--out") { Description = "A new file for the certificate with its issuers behind it, PEM.", HelpName = "file", Required = true };

    /// <summary>Builds the verb.</summary>
    public Command Build()
    {
        var verb = new Command("issue", "Certifies the key of a request. What the options say goes into the certificate; a request that asks for more is refused.");
        verb.Arguments.Add(_authority);
        verb.Options.Add(_request);
        _order.AddTo(verb);
        verb.Options.Add(_leaveOut);
        verb.Options.Add(_out);
        passphrase.AddTo(verb);
        verb.SetAction(RunAsync);
        return verb;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        IssueOrder order = _order.Read(parsed) with { LeavesOutAskedUsages = parsed.GetValue(_leaveOut) };
        SigningRequest request = CertificateFiles.ReadRequest(parsed.GetRequiredValue(_request));
        string target = parsed.GetRequiredValue(_out);
        using SigningRun run = await SigningRun.OpenAsync(parsed.GetRequiredValue(_authority), parsed, passphrase, surroundings.Time, stop);
        using X509Certificate2 certificate = await new CertificateSigning(run.Folder, run.Authority, surroundings.Time).IssueAsync(request, order, stop);

        // The root is where trust begins: a peer has it, or does not trust it.
        X509Certificate2Collection chain = [certificate, .. run.Chain.Where(one => !string.Equals(one.Subject, one.Issuer, StringComparison.Ordinal))];
        await CertificateFiles.WriteNewAsync(target, Encoding.ASCII.GetBytes(CertificateFiles.Pem(chain)), isSecret: false, stop);
        return surroundings.Screen.Give(new IssueReport(target, certificate), parsed.GetValue(CommandTree.Json));
    }
}
