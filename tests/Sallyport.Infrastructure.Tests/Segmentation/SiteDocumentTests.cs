using System.Text;
using System.Text.Json.Nodes;
using Sallyport.TestKit;

namespace Sallyport.Infrastructure.Tests.Segmentation;

/// <summary>The pages, the schema and the unit that come with the firewall.</summary>
public sealed class SiteDocumentTests
{
    private static readonly string[] Keys =
    [
        "levels", "gateway/hostName", "gateway/interfaces", "gateway/moduleNetwork/name", "gateway/moduleNetwork/interface", "gateway/moduleNetwork/subnet", "gateway/moduleNetwork/dynamic",
        "gateway/moduleNetwork/modules", "broker", "names", "revocationLists", "management/endpoints", "management/stations", "nameServers", "timeServers", "conduit",
    ];

    [Fact]
    public void The_example_is_as_the_schema_says_and_has_every_key()
    {
        string example = Read("docs", "formats", "site.example.json");
        Assert.Empty(MessageSchema.Faults("sallyport.site/1", Encoding.UTF8.GetBytes(example)));
        JsonNode site = JsonNode.Parse(example)!;
        Assert.All(Keys, key => Assert.NotNull(key.Split('/').Aggregate((JsonNode?)site, (node, step) => node?[step])));
    }

    [Theory]
    [InlineData("/more", "1")]
    [InlineData("/levels/4", "[\"10.0.0.0/8\"]")]
    [InlineData("/levels/1", "[]")]
    [InlineData("/gateway/more", "1")]
    [InlineData("/gateway/interfaces/field0/more", "1")]
    [InlineData("/gateway/moduleNetwork/more", "1")]
    [InlineData("/gateway/moduleNetwork/interface", "\"br*\"")]
    [InlineData("/management/more", "[]")]
    [InlineData("/conduit/historian/more", "1")]
    [InlineData("/conduit/historian/protocol", "\"icmp\"")]
    public void The_schema_refuses_what_the_command_refuses(string pointer, string value)
    {
        JsonNode site = JsonNode.Parse(Read("docs", "formats", "site.example.json"))!;
        string[] steps = pointer.Split('/')[1..];
        steps[..^1].Aggregate(site, (node, step) => node[step]!)[steps[^1]] = JsonNode.Parse(value);
        Assert.NotEmpty(MessageSchema.Faults("sallyport.site/1", Encoding.UTF8.GetBytes(site.ToJsonString())));
    }

    [Fact]
    public void The_page_of_the_format_describes_every_key()
    {
        string page = Read("docs", "formats", "site.md");
        Assert.All(Keys, key => Assert.Contains($"`{key}`", page, StringComparison.Ordinal));
    }

    [Fact]
    public void The_guide_shows_what_the_command_shows()
    {
        string guide = Read("docs", "operations", "segmentation.md");
        string[] shown = Read("tests", "Sallyport.Infrastructure.Tests", "Segmentation", "Golden", "explain.txt").Split('\n');
        Assert.Contains(shown[0], guide, StringComparison.Ordinal);
        Assert.Contains(shown.Single(line => line.Contains("tcp/802", StringComparison.Ordinal) && line.StartsWith("forward  ModbusReader", StringComparison.Ordinal)), guide, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Systemd_understands_the_unit_and_loads_the_rules_before_the_container_engine()
    {
        string systemd = Peer.Require("systemd-analyze");
        string unit = Read("infra", "edge", "sallyport-firewall.service");
        Assert.Contains("Before=network-pre.target docker.service aziot-edged.service", unit, StringComparison.Ordinal);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("sallyport-unit-");
        try
        {
            string path = Path.Combine(folder.FullName, "sallyport-firewall.service");
            await File.WriteAllTextAsync(path, unit.Replace("/usr/sbin/nft", "/bin/true", StringComparison.Ordinal), TestContext.Current.CancellationToken);
            Assert.Equal("", await Command.RunAsync(systemd, "verify", "--man=no", path));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Read(params string[] parts) => File.ReadAllText(RepositoryRoot.Combine(parts));
}
