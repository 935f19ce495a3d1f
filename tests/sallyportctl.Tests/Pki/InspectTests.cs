using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;

namespace Sallyport.Ctl.Tests.Pki;

/// <summary><c>pki inspect</c>, on certificates that <c>pki</c> signed on 1 March 2026.</summary>
public sealed class InspectTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private static readonly string[] Root = ["--root", "@pki/root.pem"];
    private static readonly string[] Lists = ["--crl", "@pki/root.crl", "--crl", "@pki/issuing.crl"];
    private static readonly string[] LaterLists = ["--crl", "@pki/root.crl", "--crl", "@pki/issuing-revoked.crl"];

    [Fact]
    public async Task A_device_is_good_for_what_its_profile_says() =>
        Golden.Match("pki-inspect-device.txt", await InspectAsync(ExitCode.Good, ["@pki/gw-0001.pem", .. Root, .. Lists]));

    [Fact]
    public async Task A_terminal_gets_tables_with_frames() =>
        Golden.Match("pki-inspect-device-terminal.txt", await InspectAsync(ExitCode.Good, ["@pki/gw-0001.pem", .. Root, .. Lists, "--profile", "device"], isTerminal: true));

    [Fact]
    public async Task Machines_get_the_same() =>
        Golden.Match("pki-inspect-device.json", await InspectAsync(ExitCode.Good, ["@pki/gw-0001.pem", .. Root, .. Lists, "--json"]));

    [Fact]
    public async Task A_server_is_judged_for_one_link_and_the_name_that_is_dialled()
    {
        Golden.Match("pki-inspect-server.txt", await InspectAsync(ExitCode.Good, ["@pki/est.pem", .. Root, "--profile", "est-server", "--name", "10.0.0.5"]));
        string refused = await InspectAsync(ExitCode.Problems, ["@pki/est.pem", .. Root, "--profile", "est-server", "--name", "crl.plant.example"]);
        Assert.Contains("(wrong-name): 'crl.plant.example' is not among its subject alternative names.", refused, StringComparison.Ordinal);
        Assert.Contains("Dial a name that the certificate has", refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revoked_device_is_good_for_nothing() =>
        Golden.Match("pki-inspect-revoked.txt", await InspectAsync(ExitCode.Problems, ["@pki/gw-0001.pem", .. Root, .. LaterLists, "--profile", "device"]));

    [Fact]
    public async Task Without_a_root_nothing_is_trusted_and_that_is_said()
    {
        string told = await InspectAsync(ExitCode.Problems, ["@pki/gw-0001.pem", "@pki/root.pem", "--profile", "device"]);
        Assert.Contains("(unknown-root)", told, StringComparison.Ordinal);
        Assert.Contains("No root was given, so nothing is trusted: give --root.", told, StringComparison.Ordinal);
        Assert.Contains("Whether it is revoked was not looked at: give --crl.", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_authority_a_root_and_a_verifier_are_told_apart()
    {
        Assert.Contains("good for our authority (authority)", await InspectAsync(ExitCode.Good, ["@pki/issuing.pem", .. Root, "--crl", "@pki/root.crl"]), StringComparison.Ordinal);
        Assert.Contains("It is a root", await InspectAsync(ExitCode.Good, ["@pki/root.pem"]), StringComparison.Ordinal);
        Golden.Match("pki-inspect-verifier.txt", await InspectAsync(ExitCode.Good, ["@pki/verifier.pem", .. Root]));
    }

    [Fact]
    public async Task Time_passes()
    {
        string expired = await InspectAsync(ExitCode.Problems, ["@pki/gw-0001.pem", .. Root, "--profile", "device"], Now.AddDays(100));
        Assert.Contains("(expired)", expired, StringComparison.Ordinal);
        string lapsed = await InspectAsync(ExitCode.Problems, ["@pki/gw-0001.pem", .. Root, .. Lists, "--profile", "device"], Now.AddDays(8));
        Assert.Contains("(revocation-unknown)", lapsed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_with_a_broken_field_is_shown_with_what_can_be_read()
    {
        using var folder = new TemporaryFolder();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var issuer = X509CertificateLoader.LoadCertificateFromFile(Bench.Fixture("pki/root.pem"));
        var request = new CertificateRequest("CN=broken", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509Extension("2.5.29.17", [0x30, 0x7F], critical: false));
        request.CertificateExtensions.Add(new X509Extension("2.5.29.15", [0xFF], critical: true));
        using X509Certificate2 broken = request.Create(issuer.SubjectName, X509SignatureGenerator.CreateForECDsa(key), Now, Now.AddDays(1), [1, 2, 3]);
        string told = await InspectAsync(ExitCode.Problems, [folder.Write("broken.pem", broken.ExportCertificatePem()), .. Root]);
        Assert.Contains("cannot be decoded", told, StringComparison.Ordinal);
        Assert.Contains("good for no link", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no such link", "@pki/gw-0001.pem", "--profile", "router")]
    [InlineData("there is no certificate in it", "@pki/root.crl")]
    [InlineData("none of the certificates here", "@pki/gw-0001.pem", "--crl", "@pki/root.crl")]
    [InlineData("not labelled X509 CRL", "@pki/gw-0001.pem", "--crl", "@pki/root.pem")]
    [InlineData("Required argument", "--json")]
    public async Task A_wrong_command_line_is_refused(string reason, params string[] arguments)
    {
        using var bench = new Bench { Time = new FakeTimeProvider(Now) };
        Assert.Equal(ExitCode.WrongUsage, await bench.RunAsync(["pki", "inspect", .. arguments]));
        Assert.Contains(reason, bench.Errors, StringComparison.Ordinal);
    }

    private static async Task<string> InspectAsync(ExitCode expected, string[] arguments, DateTimeOffset? now = null, bool isTerminal = false)
    {
        using var bench = new Bench { Time = new FakeTimeProvider(now ?? Now), IsTerminal = isTerminal };
        ExitCode code = await bench.RunAsync(["pki", "inspect", .. arguments]);
        Assert.True(code == expected, bench.Output + bench.Errors);
        return bench.Output;
    }
}
