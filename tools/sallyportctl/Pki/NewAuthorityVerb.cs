using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using Sallyport.Identity;
using Sallyport.Identity.Issuing;

namespace Sallyport.Ctl.Pki;

/// <summary><c>sallyportctl pki new-authority</c>: an authority that another one has to sign: the next issuing authority, or a gateway's own.</summary>
internal sealed class NewAuthorityVerb(Surroundings surroundings, PassphraseOption passphrase)
{
    private readonly Argument<string> _folder = new("folder") { Description = "A new folder for it." };
    private readonly OrderOptions _order = new();
    private readonly Option<string?> _list = ListAddress.NewOption("Where its own list will be served, the file's name included; an issuing authority needs it.");

    /// <summary>Builds the verb.</summary>
    public Command Build()
    {
        var verb = new Command("new-authority", "Makes the key of a new authority and a request for the one above it; the roll-over begins with it.");
        verb.Arguments.Add(_folder);
        _order.AddTo(verb);
        verb.Options.Add(_list);
        passphrase.AddTo(verb);
        verb.SetAction(RunAsync);
        return verb;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        string path = parsed.GetRequiredValue(_folder);
        IssueOrder order = _order.Read(parsed);
        if (!order.Profile.IsAuthority || order.Profile == CertificateProfile.Root)
        {
            throw new WrongUsageException($"--profile {order.Profile}: it takes {CertificateProfile.IssuingAuthority} or {CertificateProfile.EdgeAuthority}.");
        }

        Uri? list = ListAddress.Of(parsed.GetValue(_list));
        if (order.Profile == CertificateProfile.IssuingAuthority && list is null)
        {
            throw new WrongUsageException("--crl-url: an issuing authority needs it. The gateways refuse a certificate that does not say where the list of its issuer is.");
        }

        string secret = await passphrase.NewAsync(parsed, path, stop);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        AuthorityFolder folder = await AuthorityFolder.CreateAsync(path, new AuthorityRecord(order.Profile.Name, list, 0, []), key, secret, stop);
        string request = PemEncoding.WriteString("CERTIFICATE REQUEST", NewRequest.BytesFor(key, order)) + "\n";
        await DurableFile.ReplaceAsync(folder.RequestPath, Encoding.ASCII.GetBytes(request), stop);
        return surroundings.Screen.Give(new RequestReport(folder.RequestPath, null, order), parsed.GetValue(CommandTree.Json));
    }
}
