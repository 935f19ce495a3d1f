using Sallyport.TestKit;

namespace Sallyport.Identity.Tests.DeviceKeys;

/// <summary>The OpenSSL provider for TPMs that is installed.</summary>
internal static class TpmOpenSsl
{
    private static readonly Version FirstWithTls = new(1, 2);

    /// <summary>True from 1.2.0 on: before, it let OpenSSL believe that it may have the private key.</summary>
    public static async Task<bool> CanDoTlsAsync(string tcti)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["TPM2OPENSSL_TCTI"] = tcti };
        string said = await Command.RunAsync(Peer.Require("openssl"), variables, "list", "-provider", "tpm2", "-providers", "-verbose");
        string version = said.Split('\n').SkipWhile(line => !line.Trim().Equals("tpm2", StringComparison.Ordinal))
            .First(line => line.Contains("version:", StringComparison.Ordinal)).Split(':')[1].Trim();
        return Version.Parse(version.Split('-')[0]) >= FirstWithTls;
    }
}
