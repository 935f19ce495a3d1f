using System.Text.Json.Nodes;
using Sallyport.Ctl.Manifests;
using Sallyport.Ctl.Manifests.Building;
using Sallyport.Ctl.Manifests.Rules;
using Sallyport.TestKit;

namespace Sallyport.Ctl.Tests.Manifests;

/// <summary><c>manifest validate</c> and its rules.</summary>
public sealed class ValidateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Rules => [.. Spoiling.Rules];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Nothing_is_wrong_with_the_template_for_plants()
    {
        Assert.Empty(ManifestRules.Judge(PlantManifest.Template(), static _ => null));
        Assert.Empty(ManifestRules.Judge(PlantManifest.Template(), PlantManifest.Find));
    }

    [Fact]
    public void Of_the_template_for_developers_nothing_is_said_but_that_it_is_one()
    {
        var findings = ManifestRules.Judge(PlantManifest.Template(PlantManifest.Debug), static _ => null);
        Assert.Equal(PlantManifest.Modules.Length, findings.Length);
        Assert.All(findings, finding => Assert.Equal("debug-image", finding.Rule.Id));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void What_breaks_a_rule_is_found_where_it_stands(string rule)
    {
        var document = Spoiling.NeedsBuilt(rule) ? PlantManifest.Built() : JsonNode.Parse(PlantManifest.Template())!.AsObject();
        var pointer = Spoiling.Spoil(document, rule);
        var findings = ManifestRules.Judge(document.ToJsonString(), static _ => null);
        Assert.True(
            findings.Any(finding => string.Equals(finding.Rule.Id, rule, StringComparison.Ordinal) && string.Equals(finding.Complaint.Pointer, pointer, StringComparison.Ordinal)),
            string.Join('\n', findings.Select(finding => $"{finding.Rule.Id} {finding.Complaint.Pointer}: {finding.Complaint.Reason}")));
    }

    [Fact]
    public void Every_rule_has_a_name_of_its_own_and_a_case_in_these_tests()
    {
        Assert.Equal(ManifestRules.All.Length, ManifestRules.All.DistinctBy(rule => rule.Id).Count());
        Assert.Equal(
            ManifestRules.All.Except(BuildRules.All).Select(rule => rule.Id).Order(StringComparer.Ordinal),
            Spoiling.Rules.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("mcr.microsoft.com/azureiotedge-hub:1.6.2", true)]
    [InlineData("mcr.microsoft.com/azureiotedge-hub:1.7.0", true)]
    [InlineData("mcr.microsoft.com/azureiotedge-hub:2.0", true)]
    [InlineData("mcr.microsoft.com/azureiotedge-hub:1.6", true)]
    [InlineData("mirror.plant.example:5000/azureiotedge-hub:1.6.2", true)]
    [InlineData("mcr.microsoft.com/azureiotedge-hub:1.6.1", false)]
    [InlineData("mcr.microsoft.com/azureiotedge-hub:1.6.0", false)]
    [InlineData("mcr.microsoft.com/azureiotedge-hub:1.5", false)]
    [InlineData("mcr.microsoft.com/azureiotedge-hub:1.5.21", false)]
    [InlineData("mcr.microsoft.com/azureiotedge-hub:latest", false)]
    [InlineData("mcr.microsoft.com/azureiotedge-hub", false)]
    [InlineData("mcr.microsoft.com/azureiotedge-agent:1.6.2", false)]
    public void A_template_names_an_edgeHub_that_can_be_later_than_1_6_1(string image, bool isGood)
    {
        var document = JsonNode.Parse(PlantManifest.Template())!;
        document["modulesContent"]!["$edgeAgent"]!["properties.desired"]!["systemModules"]!["edgeHub"]!["settings"]!["image"] = image;
        Assert.Equal(isGood, ManifestRules.Judge(document.ToJsonString(), static _ => null).IsEmpty);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"modulesContent":{}}""")]
    [InlineData("""{"modulesContent":{"$edgeAgent":{"properties.desired":{}},"$edgeHub":{"properties.desired":{}}}}""")]
    [InlineData("""{"modulesContent":{"$edgeAgent":{"properties.desired":{"modules":[],"systemModules":7}},"$edgeHub":{"properties.desired":{"routes":{"a":7,"b":[]}}}}}""")]
    [InlineData("""{"modulesContent":{"$edgeAgent":{"properties.desired":{"modules":{"Watchdog":{}}}},"$edgeHub":{"properties.desired":{}}}}""")]
    public void What_is_no_deployment_is_a_finding_and_never_an_exception(string json) =>
        Assert.Contains(ManifestRules.Judge(json, static _ => null), finding => finding.Rule.Id is "readable");

    [Fact]
    public void The_inputs_and_outputs_of_modules_are_those_in_their_code()
    {
        foreach (var module in ModuleEndpoints.All)
        {
            var code = string.Concat(Sources(module.Module).Select(File.ReadAllText));
            Assert.All(module.Inputs.Concat(module.Outputs), name => Assert.Contains($"\"{name}\"", code, StringComparison.Ordinal));
            Assert.Equal(module.Inputs.Length > 0, code.Contains(".OnInput(", StringComparison.Ordinal));
        }

        Assert.Equal(PlantManifest.Modules, ModuleEndpoints.All.Select(module => module.Module));
    }

    [Theory]
    [InlineData("manifest-validate.txt", false, new string[0])]
    [InlineData("manifest-validate-terminal.txt", true, new string[0])]
    [InlineData("manifest-validate.json", false, new[] { "--json" })]
    public async Task The_findings_of_a_template_are_shown_with_what_to_do(string golden, bool isTerminal, string[] options)
    {
        var document = JsonNode.Parse(PlantManifest.Template())!.AsObject();
        string[] broken = ["published-ports", "route-ends", "desired-properties", "secrets", "metrics-endpoints"];
        Assert.All(broken, rule => Spoiling.Spoil(document, rule));
        using var bench = new Bench { IsTerminal = isTerminal };
        Assert.Equal(ExitCode.Problems, await bench.RunAsync(["manifest", "validate", _folder.Write("template.json", document.ToJsonString()), RepositoryRoot.Combine(PlantManifest.Production), .. options]));
        Golden.Match(golden, Shown(bench.Output));
    }

    [Fact]
    public async Task Warnings_are_no_problem()
    {
        using var bench = new Bench();
        Assert.Equal(ExitCode.Good, await bench.RunAsync("manifest", "validate", RepositoryRoot.Combine(PlantManifest.Debug)));
        Assert.Contains("0 errors, 5 warnings", bench.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_placeholder_gets_its_value_from_the_command_line_then_the_file_then_the_environment()
    {
        using var bench = new Bench();
        bench.Variables["LOGIX_HOST"] = "no host";
        bench.Variables["MICRO800_HOST"] = "10.0.0.31";
        var file = _folder.Write(".env", "# values\n\nLOGIX_HOST=\"neither is this\"\nMODBUS_ENDPOINT='nonsense'\n");
        var template = RepositoryRoot.Combine(PlantManifest.Production);
        Assert.Equal(ExitCode.Problems, await bench.RunAsync("manifest", "validate", template, "--env-file", file, "--set", "LOGIX_HOST=10.0.0.20", "--json"));
        Assert.Contains("\"pointer\": \"/modulesContent/ModbusReader/properties.desired/connections/plant/endpoint\"", bench.Output, StringComparison.Ordinal);
        Assert.Contains("\"errors\": 1", bench.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_of_the_file_of_values_that_is_none_is_wrong_usage()
    {
        using var bench = new Bench();
        var file = _folder.Write(".env", "A=1\nnonsense\n");
        Assert.Equal(ExitCode.WrongUsage, await bench.RunAsync("manifest", "validate", RepositoryRoot.Combine(PlantManifest.Production), "--env-file", file));
        Assert.Contains(".env:2: it takes NAME=VALUE", bench.Errors, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Sources(string module) =>
        new[] { RepositoryRoot.Combine("modules", module), RepositoryRoot.Combine("src", module.EndsWith("Reader", StringComparison.Ordinal) ? "Sallyport.Acquisition" : "Sallyport.Posture") }
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories));

    // Where the files lie is no part of what the command says.
    private string Shown(string output) => output.Replace(_folder[""], "", StringComparison.Ordinal).Replace(RepositoryRoot.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
}
