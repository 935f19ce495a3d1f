using System.Security.Cryptography;
using System.Text;
using Sallyport.Ctl.Posture.Collect;
using Sallyport.Posture.Report;

namespace Sallyport.Ctl.Tests.Posture;

/// <summary>Digests of what the host is configured with.</summary>
public sealed class ConfigurationGathererTests : IDisposable
{
    private const string Ruleset = "nft -j list ruleset";
    private const string Machine = "0123456789abcdef0123456789abcdef";

    private readonly Box _box = new();

    public ConfigurationGathererTests() => _box.Write("/etc/machine-id", Machine + "\n");

    public void Dispose() => _box.Dispose();

    [Fact]
    public async Task A_digest_is_made_with_the_machine_id_and_follows_the_content()
    {
        ConfigurationDigest before = await FindAsync("edge-daemon");
        Assert.Equal(
            Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Machine), await File.ReadAllBytesAsync(_box.At("/etc/aziot/config.toml"), TestContext.Current.CancellationToken))),
            before.Digest);
        Assert.Equal(before, await FindAsync("edge-daemon"));
        _box.Replace("/etc/aziot/config.toml", "4711", "4712");
        Assert.NotEqual(before, await FindAsync("edge-daemon"));
        _box.Delete("/etc/aziot/config.toml");
        Assert.Equal("absent", (await FindAsync("edge-daemon")).Digest);
    }

    [Fact]
    public async Task A_host_without_an_id_has_no_digests()
    {
        _box.Delete("/etc/machine-id");
        Assert.Contains("/etc/machine-id", (await _box.CollectAsync()).Configuration!.Unknown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_is_a_change_and_a_packet_that_was_counted_is_none()
    {
        _box.Programs[Ruleset] = Rules(handle: 4, packets: 0, port: 22);
        ConfigurationDigest before = await FindAsync("firewall");
        _box.Programs[Ruleset] = Rules(handle: 9, packets: 77, port: 22);
        Assert.Equal(before, await FindAsync("firewall"));
        _box.Programs[Ruleset] = Rules(handle: 4, packets: 0, port: 23);
        Assert.NotEqual(before, await FindAsync("firewall"));
    }

    [Fact]
    public async Task Without_nft_there_is_no_digest_of_the_firewall()
    {
        _box.Programs.Remove(Ruleset);
        Assert.DoesNotContain((await _box.CollectAsync()).Configuration!.Found!.Items, item => item.Name is "firewall");
    }

    [Fact]
    public void Elements_that_rules_put_into_a_set_are_no_configuration_and_those_of_people_are()
    {
        Assert.Equal(Text("\"dynamic\"", "10.0.0.1"), Text("\"dynamic\"", "10.0.0.2"));
        Assert.Equal(Text("[\"interval\",\"timeout\"]", "10.0.0.1"), Text("[\"interval\",\"timeout\"]", "10.0.0.2"));
        Assert.NotEqual(Text("\"interval\"", "10.0.0.1"), Text("\"interval\"", "10.0.0.2"));
        Assert.Null(RulesetText.Read("no JSON"));

        static string? Text(string flags, string element) => RulesetText.Read($$$"""{"nftables":[{"set":{"name":"s","flags":{{{flags}}},"elem":["{{{element}}}"]}}]}""");
    }

    private static string Rules(int handle, int packets, int port) => $$$"""
        {"nftables":[{"metainfo":{"version":"1.0.6"}},{"chain":{"family":"inet","table":"gw","name":"in","handle":{{{handle}}},"type":"filter","hook":"input","prio":0,"policy":"drop"}},
        {"rule":{"family":"inet","table":"gw","chain":"in","handle":{{{handle + 1}}},"expr":[{"counter":{"packets":{{{packets}}},"bytes":{{{packets * 60}}}}},{"match":{"op":"==","left":"tcp dport","right":{{{port}}}}},{"accept":null}]}}]}
        """;

    private async Task<ConfigurationDigest> FindAsync(string name) =>
        Assert.Single((await _box.CollectAsync()).Configuration!.Found!.Items, item => string.Equals(item.Name, name, StringComparison.Ordinal));
}
