using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Sallyport.Ctl.Pki;
using Sallyport.TestKit;

namespace Sallyport.Ctl.Tests.Pki;

/// <summary><c>pki</c>: what it signs is judged by openssl.</summary>
public sealed class PkiTests : IDisposable
{
    private readonly PkiFolders _plant = new();

    public void Dispose() => _plant.Dispose();

    [Fact]
    public async Task Openssl_accepts_what_was_signed_until_it_is_revoked()
    {
        Peer.Require("openssl");
        await _plant.InitAsync();
        string device = await _plant.IssueAsync("gw-0001", "--profile", "device");
        await _plant.GoodAsync("pki", "crl", _plant.Root, "--out", _plant["root.crl"]);
        await _plant.GoodAsync("pki", "crl", _plant.Issuing, "--out", _plant["issuing.crl"]);
        await OpensslAsync("crl", "-inform", "DER", "-in", _plant["root.crl"], "-out", _plant["root-crl.pem"]);
        await OpensslAsync("crl", "-inform", "DER", "-in", _plant["issuing.crl"], "-out", _plant["issuing-crl.pem"]);
        Assert.Contains("OK", await VerifyAsync(device, "sslclient"), StringComparison.Ordinal);
        Assert.Contains("unsuitable certificate purpose", await VerifyAsync(device, "sslserver"), StringComparison.Ordinal);

        using X509Certificate2 leaf = CertificateFiles.Read(device)[0];
        string told = await _plant.GoodAsync("pki", "revoke", _plant.Issuing, "--serial", leaf.SerialNumber, "--reason", "keyCompromise", "--out", _plant["issuing.crl"]);
        Assert.Contains("IoT Hub and DPS read no revocation list", told, StringComparison.Ordinal);
        await OpensslAsync("crl", "-inform", "DER", "-in", _plant["issuing.crl"], "-out", _plant["issuing-crl.pem"]);
        Assert.Contains("certificate revoked", await VerifyAsync(device, "sslclient"), StringComparison.Ordinal);
        Assert.Contains("X509v3 CRL Number: \n                2", await OpensslAsync("crl", "-in", _plant["issuing-crl.pem"], "-noout", "-text"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_profile_but_the_root_is_signed_and_registered()
    {
        await _plant.InitAsync();
        await _plant.IssueAsync("gw-0001", "--profile", "device");
        await _plant.IssueAsync("gw-0002", "--profile", "bootstrap");
        await _plant.IssueAsync("est", "--profile", "server", "--dns", "est.plant.example", "--ip", "10.0.0.5");
        await _plant.IssueAsync("edge", "--profile", "server-and-client", "--dns", "edge.plant.example");
        await _plant.IssueAsync("opc", "--profile", "opc-ua", "--dns", "opc.plant.example", "--uri", "urn:opc:publisher");
        await _plant.IssueAsync("verifier", "--profile", "verifier");
        string text = await _plant.GoodAsync("pki", "list", _plant.Issuing, "--json");
        JsonElement list = JsonElement.Parse(text);
        Assert.Equal(
            ["device", "bootstrap", "server", "server-and-client", "opc-ua", "verifier"],
            list.GetProperty("certificates").EnumerateArray().Select(one => one.GetProperty("profile").GetString()));
        Assert.Contains("state", text, StringComparison.Ordinal);
        Assert.Contains("issuing", await _plant.GoodAsync("pki", "list", _plant.Root), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_issuing_authority_is_rolled_over()
    {
        Peer.Require("openssl");
        await _plant.InitAsync();
        string[] order = ["--profile", "issuing", "--name", "Plant 1 issuing 2"];
        await _plant.GoodAsync(["pki", "new-authority", _plant["issuing-2"], .. order, "--crl-url", "http://crl.example/issuing-2.crl"]);
        Assert.Contains("no certificate yet", await _plant.BadAsync("pki", "crl", _plant["issuing-2"], "--out", _plant["x.crl"]), StringComparison.Ordinal);
        await _plant.GoodAsync(["pki", "issue", _plant.Root, "--csr", _plant["issuing-2/request.pem"], .. order, "--out", _plant["issuing-2.pem"]]);
        string other = await _plant.IssueAsync("gw-0001", "--profile", "device");
        Assert.Contains("not of the key", await _plant.BadAsync("pki", "accept", _plant["issuing-2"], "--certificate", other), StringComparison.Ordinal);
        await _plant.GoodAsync("pki", "accept", _plant["issuing-2"], "--certificate", _plant["issuing-2.pem"]);

        string request = await _plant.RequestAsync("gw-0002", "--profile", "device");
        await _plant.GoodAsync("pki", "issue", _plant["issuing-2"], "--csr", request, "--profile", "device", "--name", "gw-0002", "--out", _plant["gw-0002.pem"]);
        Assert.Contains("OK", await OpensslAsync("verify", "-x509_strict", "-CAfile", $"{_plant.Root}/certificate.pem", "-untrusted", _plant["gw-0002.pem"], _plant["gw-0002.pem"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_lie_encrypted_and_nobody_else_may_read_them()
    {
        await _plant.InitAsync();
        string key = await File.ReadAllTextAsync(Path.Combine(_plant.Root, "key.pem"), TestContext.Current.CancellationToken);
        Assert.StartsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----", key, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_plant.Root, "key.pem")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_plant.Root));
        await File.WriteAllTextAsync(_plant["passphrase"], "another passphrase", TestContext.Current.CancellationToken);
        Assert.Contains("the passphrase is wrong", await _plant.BadAsync("pki", "crl", _plant.Root, "--out", _plant["root.crl"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_is_said_and_nothing_is_signed()
    {
        Assert.Contains("is no folder of an authority", await _plant.BadAsync("pki", "crl", _plant["nothing"], "--out", _plant["x.crl"]), StringComparison.Ordinal);
        await _plant.InitAsync();
        Assert.Contains("something already", await _plant.BadAsync("pki", "init", _plant["plant"], "--name", "Plant 1", "--crl-url", "http://crl.example/"), StringComparison.Ordinal);
        Assert.Contains("http://", await _plant.BadAsync("pki", "init", _plant["other"], "--name", "Plant 1", "--crl-url", "https://crl.example/"), StringComparison.Ordinal);
        Assert.Contains(
            "an issuing authority needs it",
            await _plant.BadAsync("pki", "new-authority", _plant["issuing-2"], "--profile", "issuing", "--name", "Plant 1 issuing 2"),
            StringComparison.Ordinal);
        string request = await _plant.RequestAsync("gw-0001", "--profile", "device");
        string[] issue = ["pki", "issue", _plant.Issuing, "--csr", request, "--out", _plant["out.pem"]];
        Assert.Contains("There are root, issuing", await _plant.BadAsync([.. issue, "--name", "gw-0001", "--profile", "router"]), StringComparison.Ordinal);
        Assert.Contains("Nothing was signed. The request asks for the name 'gw-0001', not for 'gw-0002'", await _plant.BadAsync([.. issue, "--name", "gw-0002", "--profile", "device"]), StringComparison.Ordinal);
        Assert.Contains("at most 90 days", await _plant.BadAsync([.. issue, "--name", "gw-0001", "--profile", "device", "--days", "91"]), StringComparison.Ordinal);
        Assert.Contains("--ip x", await _plant.BadAsync([.. issue, "--name", "gw-0001", "--profile", "device", "--ip", "x"]), StringComparison.Ordinal);
        Assert.Contains("never signed it", await _plant.BadAsync("pki", "revoke", _plant.Issuing, "--serial", "00", "--reason", "superseded", "--out", _plant["x.crl"]), StringComparison.Ordinal);
        Assert.Contains("--reason bored", await _plant.BadAsync("pki", "revoke", _plant.Issuing, "--serial", "00", "--reason", "bored", "--out", _plant["x.crl"]), StringComparison.Ordinal);
        Assert.False(File.Exists(_plant["out.pem"]));
        JsonElement list = JsonElement.Parse(await _plant.GoodAsync("pki", "list", _plant.Issuing, "--json"));
        Assert.Equal(0, list.GetProperty("certificates").GetArrayLength());
    }

    [Fact]
    public async Task A_short_passphrase_and_nobody_to_ask_are_refused()
    {
        await File.WriteAllTextAsync(_plant["passphrase"], "short", TestContext.Current.CancellationToken);
        Assert.Contains("12 or more", await _plant.BadAsync("pki", "init", _plant["plant"], "--name", "Plant 1", "--crl-url", "http://crl.example/"), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_plant["plant"]));
        using var bench = new Bench();
        Assert.Equal(ExitCode.WrongUsage, await bench.RunAsync("pki", "init", _plant["plant"], "--name", "Plant 1", "--crl-url", "http://crl.example/"));
        Assert.Contains("--passphrase-file", bench.Errors, StringComparison.Ordinal);
    }

    private static async Task<string> OpensslAsync(params string[] arguments)
    {
        using var openssl = Process.Start(new ProcessStartInfo("openssl", arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = openssl.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await openssl.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await openssl.WaitForExitAsync(TestContext.Current.CancellationToken);
        return output + await errors;
    }

    private Task<string> VerifyAsync(string leaf, string purpose) => OpensslAsync(
        "verify", "-x509_strict", "-crl_check_all", "-purpose", purpose, "-CAfile", $"{_plant.Root}/certificate.pem", "-untrusted", leaf,
        "-CRLfile", _plant["root-crl.pem"], "-CRLfile", _plant["issuing-crl.pem"], leaf);
}
