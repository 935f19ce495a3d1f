using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Identity;
using Sallyport.Ctl.Pki;

namespace Sallyport.Ctl.Tests.Pki.Vault;

/// <summary><c>pki vault</c>: the real client of Azure against a double of the vault; its requests are looked at.</summary>
public sealed class VaultTests : IAsyncLifetime
{
    private static readonly string[] Name = ["--profile", "issuing", "--name", "Plant 1 vault issuing"];

    private readonly VaultDouble _vault = new();
    private PkiFolders _plant = null!;

    private string[] Issuing => ["--vault", _vault.Address.AbsoluteUri, "--certificate", "issuing-1"];

    public async ValueTask InitializeAsync()
    {
        _plant = new PkiFolders { OpenVault = _vault.Open };
        await _vault.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _plant.Dispose();
        await _vault.DisposeAsync();
    }

    [Fact]
    public async Task An_issuing_key_is_made_in_the_vault_signed_by_the_root_and_merged()
    {
        await _plant.InitAsync();
        Assert.Contains("a request for 'Plant 1 vault issuing'", await RequestAsync(), StringComparison.Ordinal);
        string refused = await _plant.BadAsync(["pki", "issue", _plant.Root, "--csr", _plant["issuing.csr"], .. Name, "--out", _plant["signed.pem"]]);
        Assert.Contains("which the profile issuing has not", refused, StringComparison.Ordinal);
        await _plant.GoodAsync(["pki", "issue", _plant.Root, "--csr", _plant["issuing.csr"], .. Name, "--leave-out-usages", "--out", _plant["signed.pem"]]);
        string told = await _plant.GoodAsync(["pki", "vault", "merge", .. Issuing, "--signed", _plant["signed.pem"]]);
        Assert.Contains("in use", told, StringComparison.Ordinal);
        Assert.Contains("CN=Plant 1 vault issuing", told, StringComparison.Ordinal);
        Assert.Equal(
            ["POST /certificates/issuing-1/create", "POST /certificates/issuing-1/create", "GET /certificates/issuing-1/pending", "POST /certificates/issuing-1/pending/merge"],
            _vault.Requests.Select(request => request.ToString()));
        Assert.All(_vault.Requests, request => Assert.NotEqual("", request.Version));

        X509Certificate2Collection signed = CertificateFiles.Read(_plant["signed.pem"]);
        JsonArray chain = JsonNode.Parse(_vault.Requests[^1].Body)!["x5c"]!.AsArray();
        Assert.Equal(signed.Select(one => Convert.ToBase64String(one.RawData)), chain.Select(one => (string?)one));
        Assert.Contains("good for our authority (authority)", await _plant.GoodAsync("pki", "inspect", _plant["signed.pem"], "--root", $"{_plant.Root}/certificate.pem"), StringComparison.Ordinal);
        JsonElement used = JsonElement.Parse(await _plant.GoodAsync(["pki", "vault", "show", .. Issuing, "--json"]));
        Assert.Equal("completed", used.GetProperty("request").GetString());
        Assert.False(used.GetProperty("isExportable").GetBoolean());
        Assert.Equal(signed[0].GetCertHashString(HashAlgorithmName.SHA256), used.GetProperty("sha256").GetString());
    }

    [Fact]
    public async Task The_key_cannot_be_exported_and_the_vault_finds_no_issuer_by_itself()
    {
        await RequestAsync();
        JsonNode policy = JsonNode.Parse(_vault.Requests[^1].Body)!["policy"]!;
        Assert.Equal("Unknown", (string?)policy["issuer"]!["name"]);
        Assert.Equal("""{"kty":"EC","reuse_key":false,"exportable":false,"crv":"P-256"}""", Sorted(policy["key_props"]!, "kty", "reuse_key", "exportable", "crv"));
        Assert.Equal(["keyCertSign", "crlSign"], policy["x509_props"]!["key_usage"]!.AsArray().Select(one => (string?)one));
        Assert.Equal("CN=Plant 1 vault issuing", (string?)policy["x509_props"]!["subject"]);
    }

    [Fact]
    public async Task A_verifiers_key_is_rsa_in_the_hsm_if_that_is_asked()
    {
        await _plant.GoodAsync(
            "pki", "vault", "request", "--vault", _vault.Address.AbsoluteUri, "--certificate", "verifier", "--profile", "verifier", "--name", "verifier", "--hsm", "--out", _plant["v.csr"]);
        JsonNode policy = JsonNode.Parse(_vault.Requests[^1].Body)!["policy"]!;
        Assert.Equal("""{"kty":"RSA-HSM","reuse_key":false,"exportable":false,"key_size":3072}""", Sorted(policy["key_props"]!, "kty", "reuse_key", "exportable", "key_size"));
        Assert.Equal(["keyEncipherment"], policy["x509_props"]!["key_usage"]!.AsArray().Select(one => (string?)one));
    }

    [Fact]
    public async Task The_token_is_asked_for_after_the_challenge_and_for_the_vault_alone()
    {
        await RequestAsync();
        Assert.Equal("", _vault.Requests[0].Token);
        Assert.Equal("", _vault.Requests[0].Body);
        Assert.Equal($"Bearer {VaultCredential.Token}", _vault.Requests[1].Token);
        Assert.Equal("https://vault.azure.net/.default", Assert.Single(_vault.Credential.Asked.Scopes));
        Assert.Equal("5f2e6c1a-0000-4000-8000-000000000001", _vault.Credential.Asked.TenantId);
    }

    [Fact]
    public async Task A_certificate_of_another_key_is_refused_before_the_vault_sees_it()
    {
        await RequestAsync();
        string refused = await _plant.BadAsync(["pki", "vault", "merge", .. Issuing, "--signed", Bench.Fixture("pki/issuing.pem")]);
        Assert.Contains("is not of the key that waits in the vault", refused, StringComparison.Ordinal);
        Assert.DoesNotContain(_vault.Requests, request => request.Path.EndsWith("/merge", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_vault_shows_what_waits()
    {
        await RequestAsync();
        JsonElement waiting = JsonElement.Parse(await _plant.ProblemsAsync(["pki", "vault", "show", .. Issuing, "--json"]));
        Assert.Equal("inProgress", waiting.GetProperty("request").GetString());
        Assert.False(waiting.TryGetProperty("sha256", out _));
    }

    [Fact]
    public async Task A_key_that_can_be_exported_is_a_problem()
    {
        _vault.IsLax = true;
        await RequestAsync();
        Assert.Contains("Its key can be exported", await _plant.ProblemsAsync(["pki", "vault", "show", .. Issuing]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_vault_refuses_is_said_with_what_to_do()
    {
        Assert.Contains("There is no such certificate", await _plant.BadAsync(["pki", "vault", "show", .. Issuing]), StringComparison.Ordinal);
        await RequestAsync();
        Assert.Contains("waits for \"pki vault merge\"", await _plant.BadAsync(["pki", "vault", "request", .. Issuing, .. Name, "--out", _plant["other.csr"]]), StringComparison.Ordinal);
        Assert.False(File.Exists(_plant["other.csr"]));
        _vault.RefusesWith = 403;
        Assert.Contains("Key Vault Certificates Officer", await _plant.BadAsync(["pki", "vault", "show", .. Issuing]), StringComparison.Ordinal);
        _vault.Credential.Fault = new CredentialUnavailableException("nobody");
        Assert.Contains("az login", await _plant.BadAsync(["pki", "vault", "show", .. Issuing]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("it takes the address of a vault", "http://plant.vault.azure.net/", "issuing-1", "issuing")]
    [InlineData("letters, digits and -", "https://plant.vault.azure.net/", "issuing/1", "issuing")]
    [InlineData("A gateway makes its own", "https://plant.vault.azure.net/", "issuing-1", "device")]
    public async Task A_wrong_command_line_is_refused_before_the_vault_is_asked(string reason, string vault, string certificate, string profile)
    {
        string refused = await _plant.BadAsync(
            "pki", "vault", "request", "--vault", vault, "--certificate", certificate, "--profile", profile, "--name", "gw-0001", "--out", _plant["x.csr"]);
        Assert.Contains(reason, refused, StringComparison.Ordinal);
        Assert.Empty(_vault.Requests);
    }

    private static string Sorted(JsonNode node, params string[] members) =>
        new JsonObject(members.Select(member => KeyValuePair.Create(member, node[member]?.DeepClone()))).ToJsonString();

    private Task<string> RequestAsync() => _plant.GoodAsync(["pki", "vault", "request", .. Issuing, .. Name, "--out", _plant["issuing.csr"]]);
}
