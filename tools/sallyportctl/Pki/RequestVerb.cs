using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using Sallyport.Identity.Issuing;

namespace Sallyport.Ctl.Pki;

/// <summary><c>sallyportctl pki request</c>: a key and a request for it, for servers and verifiers that cannot make their own.</summary>
internal sealed class RequestVerb(Surroundings surroundings)
{
    private const int RsaKeySize = 3072;

    private readonly OrderOptions _order = new();
    private readonly Option<string> _key = new("--key") { Description = "A new file for the private key (PKCS#8, PEM), readable for you alone.", HelpName = "file", Required = true };
    private readonly Option<string> _out = new("--out") { Description = "A new file for the request, PEM.", HelpName = "file", Required = true };

    /// <summary>Builds the verb.</summary>
    public Command Build()
    {
        var verb = new Command("request", "Makes a key and a request for it. A gateway makes its own in its TPM or token: this is for servers and for the verifier.");
        _order.AddTo(verb);
        verb.Options.Add(_key);
        verb.Options.Add(_out);
        verb.SetAction(RunAsync);
        return verb;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        IssueOrder order = _order.Read(parsed);
        using AsymmetricAlgorithm key = order.Profile.Keys is KeyFamily.EllipticCurve ? ECDsa.Create(ECCurve.NamedCurves.nistP256) : RSA.Create(RsaKeySize);
        string keyPath = parsed.GetRequiredValue(_key);
        string target = parsed.GetRequiredValue(_out);
        byte[] request = Encoding.ASCII.GetBytes(PemEncoding.WriteString("CERTIFICATE REQUEST", NewRequest.BytesFor(key, order)) + "\n");
        byte[] secret = Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n");
        try
        {
            await CertificateFiles.WriteNewAsync(keyPath, secret, isSecret: true, stop);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }

        await CertificateFiles.WriteNewAsync(target, request, isSecret: false, stop);
        return surroundings.Screen.Give(new RequestReport(target, keyPath, order), parsed.GetValue(CommandTree.Json));
    }
}
