using System.Text.RegularExpressions;

namespace Sallyport.Architecture.Tests;

/// <summary>Lines that must never be written, wherever they are.</summary>
public sealed partial class SecurityTests
{
    /// <summary>edgeHub and IoT Hub let any client certificate through the handshake and judge it at CONNECT; so must what plays them.
    /// The judge there is <c>ClientCertificateCheck</c>, with tests of its own. No module and no library is in this list.</summary>
    private static readonly string[] JudgedAtConnect = ["tools/Sallyport.Simulator/Mqtt/TlsListener.cs"];

    [Fact]
    public void No_certificate_callback_waves_everything_through() => Assert.Equal(JudgedAtConnect, Hits(AlwaysTrue));

    /// <summary>Shakes hands with itself in memory to try a key: each side accepts the one certificate that the other was given, byte by byte.</summary>
    private static readonly string[] OfItself = ["src/Sallyport.Identity/Keys/ProbeHandshake.cs"];

    /// <summary>Whoever speaks TLS hands the judgement to one of these, and they hand it to <c>CertificateValidator</c>.</summary>
    [Fact]
    public void Certificates_of_peers_are_judged_in_these_places_alone() => Assert.Equal(
        JudgedAtConnect.Concat(OfItself).Concat(["src/Sallyport.Identity/ClientTrust.cs", "src/Sallyport.Identity/ServerTrust.cs"]).Order(StringComparer.Ordinal),
        Hits(Callback).Order(StringComparer.Ordinal));

    [Fact]
    public void No_product_code_ignores_a_part_of_chain_building() => Assert.Empty(Hits(IgnoredChainErrors));

    [Fact]
    public void No_product_code_allows_tls_below_1_2() => Assert.Empty(Hits(OldTls));

    [Fact]
    public void No_rule_of_the_gate_is_switched_off_without_a_reason_beside_it()
    {
        IEnumerable<string> silent = Repository.AllSources.SelectMany(path => File.ReadLines(path)
            .Where(line => line.Contains("#pragma warning disable", StringComparison.Ordinal) && !line.Contains("//", StringComparison.Ordinal))
            .Select(line => $"{Repository.Relative(path)}: {line.Trim()}"));
        Assert.Empty(silent);
    }

    /// <summary>Key Vault's client of certificates can fetch a certificate with its private key; nothing here may, and no client of keys or secrets is referenced.</summary>
    [Fact]
    public void No_private_key_is_fetched_from_a_vault()
    {
        Assert.Empty(Hits(KeyFetched));
        Assert.DoesNotContain("Azure.Security.KeyVault.Secrets", Repository.Read("Directory.Packages.props"), StringComparison.Ordinal);
        Assert.DoesNotContain("Azure.Security.KeyVault.Keys", Repository.Read("Directory.Packages.props"), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Hits(Regex forbidden) =>
        Repository.ProductSources
            .Where(path => forbidden.IsMatch(File.ReadAllText(path)))
            .Select(Repository.Relative);

    [GeneratedRegex(@"(ValidationCallback|CertificateValidationHandler|WithClientCertificate)\s*[(=][^;]{0,80}=>\s*true\s*[;,)]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 2000)]
    private static partial Regex AlwaysTrue { get; }

    [GeneratedRegex(@"(RemoteCertificateValidationCallback|ServerCertificateCustomValidationCallback|ClientCertificateValidation|CertificateValidationHandler)\s*[(=]|ServerCertificateValidationCallback\s*[+=]|new SslStream\([^;]*=>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Callback { get; }

    [GeneratedRegex(@"X509VerificationFlags\.(?!NoFlag)|DangerousAccept|AllowUnknownCertificateAuthority", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 2000)]
    private static partial Regex IgnoredChainErrors { get; }

    [GeneratedRegex(@"\b(DownloadCertificate(Async)?|DownloadCertificateOptions|SecretClient|KeyClient|CryptographyClient)\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 2000)]
    private static partial Regex KeyFetched { get; }

    [GeneratedRegex(@"SslProtocols\.(Ssl2|Ssl3|Tls|Tls11|Default)\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 2000)]
    private static partial Regex OldTls { get; }
}
