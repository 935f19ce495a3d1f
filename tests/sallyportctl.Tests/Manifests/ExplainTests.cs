using System.Text.RegularExpressions;
using Sallyport.TestKit;

namespace Sallyport.Ctl.Tests.Manifests;

/// <summary><c>manifest explain</c>.</summary>
public sealed partial class ExplainTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("manifest-explain.txt", false, new string[0])]
    [InlineData("manifest-explain-terminal.txt", true, new string[0])]
    [InlineData("manifest-explain.json", false, new[] { "--json" })]
    public async Task A_template_is_shown_with_the_values_of_the_plant(string golden, bool isTerminal, string[] options)
    {
        using var bench = new Bench { IsTerminal = isTerminal };
        Assert.Equal(ExitCode.Good, await bench.RunAsync(["manifest", "explain", RepositoryRoot.Combine(PlantManifest.Production), .. PlantManifest.Sets, .. options]));
        Golden.Match(golden, bench.Output.Replace(RepositoryRoot.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_built_manifest_shows_the_same_but_for_its_images()
    {
        using var bench = new Bench();
        Assert.Equal(ExitCode.Good, await bench.RunAsync("manifest", "explain", _folder.Write("built.json", PlantManifest.Built().ToJsonString())));
        Assert.Contains("manifest of 8 containers", bench.Output, StringComparison.Ordinal);
        Assert.Contains("10.0.0.5, port 502 Modbus device plant", Blanks.Replace(bench.Output, " "), StringComparison.Ordinal);
        Assert.Contains("@sha256:", bench.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whom_modules_have_to_reach_is_told_from_their_desired_properties()
    {
        var template = PlantManifest.Template()
            .Replace("\"edgeHub\": true", """
                "deviceId": "gw-1", "roots": "/certs/roots.pem", "est": { "url": "https://est.plant.example:8443/.well-known/est" },
                "dps": { "idScope": "0ne1", "roots": "/certs/cloud.pem" }
                """, StringComparison.Ordinal)
            .Replace("\"uplink\": \"edgeHub\"", """
                "uplink": "direct", "direct": { "idScope": "0ne1", "provisioningHost": "dps.example" }
                """, StringComparison.Ordinal)
            .Replace("${MODBUS_ENDPOINT}", "modbus-rtu:///dev/ttyUSB0?baud=9600", StringComparison.Ordinal);
        using var bench = new Bench();
        Assert.Equal(ExitCode.Good, await bench.RunAsync("manifest", "explain", _folder.Write("t.json", template)));
        Assert.All(
            [
                "CertificateManager est.plant.example, port 8443 enrolment server", "CertificateManager global.azure-devices-provisioning.net, port 8883 provisioning service",
                "SecureBuffer dps.example, port 8883 provisioning service", "ModbusReader none: serial line /dev/ttyUSB0", "EtherNetIpReader ${LOGIX_HOST}",
            ],
            line => Assert.Contains(line, Blanks.Replace(bench.Output, " "), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"modulesContent":{"$edgeAgent":{"properties.desired":{"modules":{"A":{}}}},"$edgeHub":{"properties.desired":{}}}}""")]
    public async Task What_cannot_be_shown_is_one_line(string json)
    {
        using var bench = new Bench();
        Assert.Equal(ExitCode.WrongUsage, await bench.RunAsync("manifest", "explain", _folder.Write("x.json", json)));
        Assert.Empty(bench.Output);
        Assert.Contains("manifest validate", bench.Errors, StringComparison.Ordinal);
    }

    [GeneratedRegex(" +", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Blanks { get; }
}
