using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using Azure.Security.KeyVault.Certificates;
using Sallyport.Identity.Issuing;

namespace Sallyport.Ctl.Pki.Vault;

/// <summary><c>sallyportctl pki vault request</c>: has the vault make a key, and brings its request.</summary>
internal sealed class VaultRequestVerb(Surroundings surroundings)
{
    private const int RsaKeySize = 3072;

    private readonly VaultPlace _place = new(surroundings);
    private readonly Option<string> _name = new("--name") { Description = "The common name.", HelpName = "name", Required = true };
    private readonly Option<string?> _organisation = new("--organisation") { Description = "The organisation in the subject.", HelpName = "name" };

    private readonly Option<string> _profile = new("--profile")
    {
        Description = $"{CertificateProfile.IssuingAuthority} (P-256) or {CertificateProfile.Verifier} (RSA-{RsaKeySize}).",
        HelpName = "word",
        Required = true,
    };

    private readonly Option<bool> _hardware = new("--hsm") { Description = "Have the key in the vault's HSM; only a premium vault has one." };
    private readonly Option<string> _out = new("--out") { Description = "A new file for the request, PEM.", HelpName = "file", Required = true };

    /// <summary>Builds the verb.</summary>
    public Command Build()
    {
        var verb = new Command("request", "Has the vault make a key that cannot be exported, and fetches the request for it, which the offline root signs.");
        _place.AddTo(verb);
        foreach (Option option in (Option[])[_name, _organisation, _profile, _hardware, _out])
        {
            verb.Options.Add(option);
        }

        verb.SetAction(RunAsync);
        return verb;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        string certificate = _place.NameOf(parsed);
        IssueOrder order = OrderOf(parsed);
        string target = parsed.GetRequiredValue(_out);
        if (File.Exists(target))
        {
            throw new WrongUsageException($"{target}: it is there already. Name a new file.");
        }

        CertificateClient vault = _place.Open(parsed);
        CertificateOperation pending = await VaultPlace.AskAsync(
            () => vault.StartCreateCertificateAsync(certificate, PolicyOf(order, parsed.GetValue(_hardware)), enabled: true, tags: null, stop));
        _ = VaultPlace.RequestOf(pending);
        byte[] request = Encoding.ASCII.GetBytes(PemEncoding.WriteString("CERTIFICATE REQUEST", pending.Properties.Csr) + "\n");
        await CertificateFiles.WriteNewAsync(target, request, isSecret: false, stop);
        return surroundings.Screen.Give(new RequestReport(target, null, order), parsed.GetValue(CommandTree.Json));
    }

    private IssueOrder OrderOf(ParseResult parsed)
    {
        string word = parsed.GetRequiredValue(_profile);
        CertificateProfile profile =
            string.Equals(word, CertificateProfile.IssuingAuthority.Name, StringComparison.Ordinal) ? CertificateProfile.IssuingAuthority
            : string.Equals(word, CertificateProfile.Verifier.Name, StringComparison.Ordinal) ? CertificateProfile.Verifier
            : throw new WrongUsageException(
                $"--profile {word}: a vault has keys of the profiles {CertificateProfile.IssuingAuthority} and {CertificateProfile.Verifier}. A gateway makes its own in its TPM or token.");
        var order = new IssueOrder(profile, parsed.GetRequiredValue(_name), profile.LongestLife) { Organisation = parsed.GetValue(_organisation) ?? "" };
        return order.FindFault() is { } fault ? throw new WrongUsageException(fault) : order;
    }

    // The issuer "Unknown" is the vault's word for one that it does not talk to: it makes a request and waits.
    private static CertificatePolicy PolicyOf(IssueOrder order, bool isHardware)
    {
        bool isRsa = order.Profile.Keys is not KeyFamily.EllipticCurve;
        var policy = new CertificatePolicy(WellKnownIssuerNames.Unknown, order.Subject.Name)
        {
            Exportable = false,
            ReuseKey = false,
            KeyType = (isRsa, isHardware) switch
            {
                (true, true) => CertificateKeyType.RsaHsm,
                (true, false) => CertificateKeyType.Rsa,
                (false, true) => CertificateKeyType.EcHsm,
                (false, false) => CertificateKeyType.Ec,
            },
            KeySize = isRsa ? RsaKeySize : null,
            KeyCurveName = isRsa ? default(CertificateKeyCurveName?) : CertificateKeyCurveName.P256,
            ContentType = CertificateContentType.Pem,
        };
        CertificateKeyUsage[] usages = isRsa ? [CertificateKeyUsage.KeyEncipherment] : [CertificateKeyUsage.KeyCertSign, CertificateKeyUsage.CrlSign];
        foreach (CertificateKeyUsage usage in usages)
        {
            policy.KeyUsage.Add(usage);
        }

        return policy;
    }
}
