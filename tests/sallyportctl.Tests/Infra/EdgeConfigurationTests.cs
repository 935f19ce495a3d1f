using Sallyport.Ctl.Documents;
using Sallyport.TestKit;

namespace Sallyport.Ctl.Tests.Infra;

/// <summary>infra/edge/config.toml: what the IoT Edge daemon is told.</summary>
public sealed class EdgeConfigurationTests
{
    private const string Name = "infra/edge/config.toml";

    private static readonly string Text = File.ReadAllText(RepositoryRoot.Combine("infra", "edge", "config.toml"));
    private static readonly DocumentNode Root = TomlTree.Parse(Text, Name);

    [Theory]
    [InlineData("/provisioning/source", "dps")]
    [InlineData("/provisioning/global_endpoint", "https://global.azure-devices-provisioning.net/")]
    [InlineData("/provisioning/attestation/method", "x509")]
    [InlineData("/provisioning/attestation/identity_cert/method", "est")]
    [InlineData("/provisioning/attestation/identity_cert/auto_renew/rotate_key", "true")]
    [InlineData("/provisioning/attestation/identity_cert/auto_renew/threshold", "66%")]
    [InlineData("/cert_issuance/est/identity_auto_renew/rotate_key", "true")]
    [InlineData("/edge_ca/method", "est")]
    [InlineData("/edge_ca/auto_renew/rotate_key", "true")]
    [InlineData("/edge_ca/auto_renew/threshold", "80%")]
    [InlineData("/allow_elevated_docker_permissions", "false")]
    public void It_provisions_with_a_certificate_that_renews_itself(string pointer, string expected) => Assert.Equal(expected, ValueOf(Root, pointer));

    [Fact]
    public void The_registration_id_is_the_common_name() =>
        Assert.Equal(ValueOf(Root, "/provisioning/attestation/registration_id"), ValueOf(Root, "/provisioning/attestation/identity_cert/common_name"));

    [Fact]
    public void The_identity_key_is_made_in_the_token_and_named_nowhere()
    {
        Assert.DoesNotContain("identity_pk", Root["provisioning"]!["attestation"]!.Members.Keys);
        Assert.EndsWith("libtpm2_pkcs11.so.1", ValueOf(Root, "/aziot_keys/pkcs11_lib_path"), StringComparison.Ordinal);
        Assert.StartsWith("pkcs11:token=", ValueOf(Root, "/aziot_keys/pkcs11_base_slot"), StringComparison.Ordinal);
        Assert.StartsWith("pkcs11:token=", ValueOf(Root, "/cert_issuance/est/auth/bootstrap_identity_pk"), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_plants_root_is_trusted()
    {
        string root = ValueOf(Root, "/trust_bundle_cert");
        Assert.Equal(root, Assert.Single(Root["cert_issuance"]!["est"]!["trusted_certs"]!.Items).Text);
        Assert.All(Addresses(Root), address => Assert.StartsWith("https://", address, StringComparison.Ordinal));
    }

    [Fact]
    public void The_variant_for_another_token_can_be_parsed_too()
    {
        string[] lines = Text.Split('\n');
        int variant = Array.FindIndex(lines, line => line.StartsWith("# Variant 2", StringComparison.Ordinal));
        string keys = string.Join('\n', lines.Skip(variant + 1).Take(2).Select(line => line.TrimStart('#', ' ')));
        DocumentNode other = TomlTree.Parse($"[aziot_keys]\n{keys}", Name);
        Assert.EndsWith("libsofthsm2.so", ValueOf(other, "/aziot_keys/pkcs11_lib_path"), StringComparison.Ordinal);
        Assert.Equal(ValueOf(Root, "/aziot_keys/pkcs11_base_slot"), ValueOf(other, "/aziot_keys/pkcs11_base_slot"));
    }

    private static string ValueOf(DocumentNode root, string pointer)
    {
        DocumentNode found = root.Nearest(pointer);
        return string.Equals(found.Pointer, pointer, StringComparison.Ordinal) && found.Text is { } text ? text : throw new InvalidOperationException($"{Name} has no value at {pointer}.");
    }

    private static IEnumerable<string> Addresses(DocumentNode node) => node.Members
        .Where(member => member.Key is "url" or "global_endpoint" or "default")
        .Select(member => member.Value.Text!)
        .Concat(node.Members.Values.SelectMany(Addresses));
}
