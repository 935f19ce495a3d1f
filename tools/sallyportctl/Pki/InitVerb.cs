using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sallyport.Identity.Issuing;

namespace Sallyport.Ctl.Pki;

/// <summary><c>sallyportctl pki init</c>: a root and an issuing authority, each in its folder, and their first revocation lists.</summary>
internal sealed class InitVerb(Surroundings surroundings, PassphraseOption passphrase)
{
    private readonly Argument<string> _folder = new("folder") { Description = "A new folder; it gets the folders root and issuing." };
    private readonly Option<string> _name = new("--name") { Description = "What the plant is called; stands in the names of the authorities.", HelpName = "name", Required = true };
    private readonly Option<string?> _lists = ListAddress.NewRequired("Where the revocation lists will be served, such as http://crl.plant.example/; stands in every certificate and cannot be changed later.");

    /// <summary>Builds the verb.</summary>
    public Command Build()
    {
        var verb = new Command("init", "Makes an offline root and an issuing authority below it. Afterwards take the folder root off the machine.");
        verb.Arguments.Add(_folder);
        verb.Options.Add(_name);
        verb.Options.Add(_lists);
        passphrase.AddTo(verb);
        verb.SetAction(RunAsync);
        return verb;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        string folder = parsed.GetRequiredValue(_folder);
        string name = parsed.GetRequiredValue(_name);
        Uri? lists = ListAddress.Of(parsed.GetValue(_lists));
        IssueOrder rootOrder = OrderOf(CertificateProfile.Root, $"{name} root", name);
        IssueOrder issuingOrder = OrderOf(CertificateProfile.IssuingAuthority, $"{name} issuing 1", name);
        string secret = await passphrase.NewAsync(parsed, folder, stop);

        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var issuingKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 rootCertificate = SigningAuthority.SelfSign(rootOrder, rootKey, surroundings.Time);
        AuthorityFolder root = await AuthorityFolder.CreateAsync(Path.Combine(folder, "root"), RecordOf(CertificateProfile.Root, lists, "root"), rootKey, secret, stop);
        await root.SaveChainAsync([rootCertificate], stop);
        AuthorityFolder issuing = await AuthorityFolder.CreateAsync(
            Path.Combine(folder, "issuing"), RecordOf(CertificateProfile.IssuingAuthority, lists, "issuing-1"), issuingKey, secret, stop);

        var signing = new CertificateSigning(root, root.Authority(rootCertificate, rootKey, surroundings.Time), surroundings.Time);
        using X509Certificate2 issuingCertificate = await signing.IssueAsync(NewRequest.For(issuingKey, issuingOrder), issuingOrder, stop);
        await issuing.SaveChainAsync([issuingCertificate], stop);
        return surroundings.Screen.Give(new InitReport(folder, [rootCertificate, issuingCertificate]), parsed.GetValue(CommandTree.Json));
    }

    private static IssueOrder OrderOf(CertificateProfile profile, string commonName, string organisation)
    {
        var order = new IssueOrder(profile, commonName, profile.LongestLife) { Organisation = organisation };
        return order.FindFault() is { } fault ? throw new WrongUsageException($"--name: {fault}") : order;
    }

    private static AuthorityRecord RecordOf(CertificateProfile profile, Uri? lists, string name) =>
        new(profile.Name, lists is null ? null : new Uri(lists, $"{name}.crl"), 0, []);
}
