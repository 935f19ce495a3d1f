using System.Text;
using System.Text.Json.Nodes;
using Sallyport.Ctl.Manifests.Building;
using Sallyport.Manifest;
using Sallyport.TestKit;

namespace Sallyport.Ctl.Tests.Manifests;

/// <summary><c>manifest build</c>.</summary>
public sealed class BuildTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Fragments => [.. Directory.EnumerateFiles(RepositoryRoot.Combine("infra", "edge", "fragments"), "*.json").Select(path => Path.GetFileNameWithoutExtension(path)!)];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_same_template_gives_the_same_bytes_however_it_is_laid_out()
    {
        var first = Assert.IsType<BuildOutcome.Built>(PlantManifest.Build());
        var laidOutAnew = JsonNode.Parse(PlantManifest.Template())!.AsObject();
        var reversed = new JsonObject(laidOutAnew.Reverse().Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
        var second = Assert.IsType<BuildOutcome.Built>(PlantManifest.Build(template: reversed.ToJsonString()));
        Assert.True(first.Manifest.Span.SequenceEqual(second.Manifest.Span));
        Assert.Equal((byte)'\n', first.Manifest.Span[^1]);
    }

    [Fact]
    public void Every_image_has_the_digest_of_the_lock_file_and_no_placeholder_is_left()
    {
        var manifest = PlantManifest.Built();
        Assert.DoesNotContain("${", manifest.ToJsonString(), StringComparison.Ordinal);
        Assert.Null(manifest["$schema-template"]);
        Assert.Equal($"registry.plant.example/sallyport/watchdog:0.1.0@{PlantManifest.Digest("registry.plant.example/sallyport/watchdog:0.1.0 amd64")}", ImageOf(manifest, "Watchdog"));
        Assert.Equal(
            $"mcr.microsoft.com/azureiotedge-hub:1.6.2@{PlantManifest.Digest("mcr.microsoft.com/azureiotedge-hub:1.6.2 amd64")}",
            Agent(manifest)["systemModules"]!["edgeHub"]!["settings"]!["image"]!.GetValue<string>());
    }

    [Fact]
    public void Create_options_become_text_in_pieces_that_read_as_what_they_were()
    {
        var manifest = PlantManifest.Built();
        var template = DeploymentManifest.Parse(PlantManifest.Template(), PlantManifest.Find);
        var built = DeploymentManifest.Parse(manifest.ToJsonString(), static _ => null);
        Assert.Equal(template.Modules.Select(module => (module.StartupOrder, module.Name)).Order(), built.Modules.Select(module => (module.StartupOrder, module.Name)).Order());
        foreach (var (before, after) in template.Modules.OrderBy(module => module.Name, StringComparer.Ordinal).Zip(built.Modules.OrderBy(module => module.Name, StringComparer.Ordinal)))
        {
            Assert.Equal(before.CreateOptions.Mounts, after.CreateOptions.Mounts);
            Assert.True(JsonNode.DeepEquals(before.Desired, after.Desired));
            var settings = Agent(manifest)["modules"]![after.Name]!["settings"]!.AsObject();
            var pieces = settings.Where(member => member.Key.StartsWith("createOptions", StringComparison.Ordinal)).ToArray();
            Assert.Equal(["createOptions", .. Enumerable.Range(1, pieces.Length - 1).Select(number => $"createOptions{number:00}")], pieces.Select(piece => piece.Key));
            Assert.All(pieces, piece => Assert.InRange(Encoding.UTF8.GetByteCount(piece.Value!.GetValue<string>()), 1, 512));
        }
    }

    [Fact]
    public void A_piece_never_ends_within_a_character()
    {
        var text = new string('x', 511) + "°" + new string('€', 400) + "𝄞";
        var pieces = CreateOptionsPieces.Split(text).ToArray();
        Assert.Equal(text, string.Concat(pieces));
        Assert.All(pieces, piece => Assert.InRange(Encoding.UTF8.GetByteCount(piece), 1, 512));
        Assert.DoesNotContain(pieces, piece => piece.Contains('\uFFFD', StringComparison.Ordinal) || char.IsHighSurrogate(piece[^1]));
    }

    [Fact]
    public void For_another_platform_there_are_other_digests_and_for_debugging_other_images()
    {
        var arm = Assert.IsType<BuildOutcome.Built>(PlantManifest.Build(platform: "arm64v8"));
        Assert.Contains(arm.Images, image => image.Reference.EndsWith(PlantManifest.Digest("registry.plant.example/sallyport/watchdog:0.1.0 arm64v8"), StringComparison.Ordinal));
        Assert.Empty(arm.Findings);
        var debug = Assert.IsType<BuildOutcome.Built>(PlantManifest.Build(template: PlantManifest.Template(PlantManifest.Debug)));
        Assert.Contains(debug.Images, image => image.Reference.EndsWith(PlantManifest.Digest("registry.plant.example/sallyport/watchdog:0.1.0-debug amd64"), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("modules", "Watchdog", "modules/Watchdog")]
    [InlineData("images", "mcr.microsoft.com/azureiotedge-hub:1.6", "systemModules/edgeHub")]
    public void An_image_that_is_not_in_the_lock_file_is_refused_where_it_stands(string section, string entry, string module)
    {
        var images = PlantManifest.Lock();
        images[section]!.AsObject().Remove(entry);
        var refused = Assert.IsType<BuildOutcome.Refused>(PlantManifest.Build(images));
        var finding = Assert.Single(refused.Findings, finding => finding.IsError && finding.Rule.Id is "image-lock");
        Assert.Equal($"/modulesContent/$edgeAgent/properties.desired/{module}/settings/image", finding.Complaint.Pointer);
        Assert.Contains(entry, finding.Complaint.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_platform_that_was_not_released_is_refused()
    {
        var refused = Assert.IsType<BuildOutcome.Refused>(PlantManifest.Build(platform: "arm32v7"));
        Assert.Equal(8, refused.Findings.Count(finding => finding.Rule.Id is "image-lock"));
    }

    [Fact]
    public void A_lock_with_an_edgeHub_that_loses_connections_is_refused()
    {
        var images = PlantManifest.Lock();
        images["images"]!["mcr.microsoft.com/azureiotedge-hub:1.6"]!["image"] = "mcr.microsoft.com/azureiotedge-hub:1.6.1";
        var refused = Assert.IsType<BuildOutcome.Refused>(PlantManifest.Build(images));
        Assert.Equal(["runtime-version"], refused.Findings.Select(finding => finding.Rule.Id));
    }

    [Fact]
    public void A_placeholder_without_a_value_is_refused_and_every_one_is_named()
    {
        var refused = Assert.IsType<BuildOutcome.Refused>(PlantManifest.Build(find: static name => name.EndsWith("_HOST", StringComparison.Ordinal) ? null : PlantManifest.Find(name)));
        Assert.Equal(
            ["/modulesContent/EtherNetIpReader/properties.desired/controllers/line-1/host", "/modulesContent/EtherNetIpReader/properties.desired/controllers/compressor/host"],
            refused.Findings.Where(finding => finding.Rule.Id is "placeholder-value").Select(finding => finding.Complaint.Pointer));
        Assert.DoesNotContain(refused.Findings, finding => finding.Rule.Id is "placeholders");
    }

    [Fact]
    public void What_breaks_a_rule_is_not_built()
    {
        var template = JsonNode.Parse(PlantManifest.Template())!.AsObject();
        var pointer = Spoiling.Spoil(template, "privileged");
        var refused = Assert.IsType<BuildOutcome.Refused>(PlantManifest.Build(template: template.ToJsonString()));
        Assert.Equal(("privileged", pointer), (refused.Findings[0].Rule.Id, refused.Findings[0].Complaint.Pointer));
    }

    [Fact]
    public void A_registry_without_user_and_password_is_left_out_and_one_with_them_is_warned_of()
    {
        Assert.Empty(Agent(PlantManifest.Built())["runtime"]!["settings"]!["registryCredentials"]!.AsObject());
        var built = Assert.IsType<BuildOutcome.Built>(PlantManifest.Build(find: static name => name.StartsWith("CONTAINER_", StringComparison.Ordinal) ? "x.example" : PlantManifest.Find(name)));
        Assert.Equal(["registry-password"], built.Findings.Select(finding => finding.Rule.Id));
    }

    [Theory]
    [MemberData(nameof(Fragments))]
    public void A_fragment_is_put_in_and_the_result_has_no_fault(string name)
    {
        var fragment = Fragment.Read(name, File.ReadAllText(RepositoryRoot.Combine("infra", "edge", "fragments", name + ".json")));
        var built = Assert.IsType<BuildOutcome.Built>(PlantManifest.Build(find: With("TPM_GROUP", "SERIAL_GROUP", "GPIO_GROUP"), fragments: [fragment, fragment]));
        Assert.Empty(built.Findings);
        var without = Assert.IsType<BuildOutcome.Built>(PlantManifest.Build());
        Assert.False(built.Manifest.Span.SequenceEqual(without.Manifest.Span));
    }

    [Fact]
    public void A_gateway_with_everything_has_all_fragments_at_once()
    {
        JsonObject[] fragments = [.. Fragments.Select(row => Fragment.Read(row.Data, File.ReadAllText(RepositoryRoot.Combine("infra", "edge", "fragments", row.Data + ".json"))))];
        var built = Assert.IsType<BuildOutcome.Built>(PlantManifest.Build(find: With("TPM_GROUP", "SERIAL_GROUP", "GPIO_GROUP"), fragments: fragments));
        Assert.Empty(built.Findings);
    }

    [Fact]
    public void What_a_fragment_says_of_a_module_that_is_not_there_is_left_out()
    {
        var fragment = Fragment.Read("f", """{"modulesContent":{"$edgeAgent":{"properties.desired":{"modules":{"OtMonitor":{"settings":{"createOptions":{}}}}}},"OtMonitor":{"properties.desired":{}}}}""");
        var with = Assert.IsType<BuildOutcome.Built>(PlantManifest.Build(fragments: [fragment]));
        var without = Assert.IsType<BuildOutcome.Built>(PlantManifest.Build());
        Assert.True(with.Manifest.Span.SequenceEqual(without.Manifest.Span));
    }

    [Fact]
    public void A_fragment_that_contradicts_the_template_is_refused()
    {
        var fragment = Fragment.Read("f", """{"modulesContent":{"Watchdog":{"properties.desired":{"statusPage":{"address":"10.0.0.1"}}}}}""");
        var refused = Assert.IsType<BuildOutcome.Refused>(PlantManifest.Build(fragments: [fragment]));
        Assert.Equal(("fragment", "/modulesContent/Watchdog/properties.desired/statusPage/address"), (refused.Findings[0].Rule.Id, refused.Findings[0].Complaint.Pointer));
    }

    [Fact]
    public async Task The_command_writes_a_file_for_its_owner_alone_and_twice_the_same()
    {
        var images = _folder.Write("images.lock.json", PlantManifest.Lock().ToJsonString());
        foreach (var name in (string[])["one.json", "two.json"])
        {
            using var bench = new Bench();
            Assert.Equal(
                ExitCode.Good,
                await bench.RunAsync(["manifest", "build", "--template", RepositoryRoot.Combine(PlantManifest.Production), "--lock", images, "--with", "tpm", "--set", "TPM_GROUP=109", "--output", _folder[name], .. PlantManifest.Sets]));
            Assert.Contains($"{name}: written", bench.Output, StringComparison.Ordinal);
        }

        Assert.Equal(await File.ReadAllBytesAsync(_folder["one.json"], TestContext.Current.CancellationToken), await File.ReadAllBytesAsync(_folder["two.json"], TestContext.Current.CancellationToken));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["one.json"]));
        Assert.Contains("/dev/tpmrm0", await File.ReadAllTextAsync(_folder["one.json"], TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var judge = new Bench();
        Assert.Equal(ExitCode.Good, await judge.RunAsync("manifest", "validate", _folder["one.json"]));
    }

    [Fact]
    public async Task The_command_writes_nothing_when_something_is_missing()
    {
        var images = _folder.Write("images.lock.json", PlantManifest.Lock().ToJsonString());
        using var bench = new Bench();
        Assert.Equal(ExitCode.Problems, await bench.RunAsync("manifest", "build", "--template", RepositoryRoot.Combine(PlantManifest.Production), "--lock", images, "--output", _folder["out.json"]));
        Assert.Contains("Nothing was written.", bench.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["out.json"]));
    }

    [Theory]
    [InlineData("{}", "/schema")]
    [InlineData("nonsense", "not JSON")]
    [InlineData("""{"schema":"sallyport.images-lock/1","modules":{},"images":{"a/b:1":{"image":"a/b:1","digests":{"amd64":"sha256:12"}}}}""", "/images/a~1b:1/digests/amd64")]
    [InlineData("""{"schema":"sallyport.images-lock/1","modules":{},"images":{"a/b:1":{"image":"a/b:1","digests":{"amd64":"sha256:0000000000000000000000000000000000000000000000000000000000000000"}}}}""", "made up")]
    [InlineData("""{"schema":"sallyport.images-lock/1","modules":{},"images":{"a/b:1":{"image":"a/b","digests":{}}}}""", "/images/a~1b:1/image")]
    public async Task A_lock_file_that_is_none_is_wrong_usage(string json, string reason)
    {
        using var bench = new Bench();
        Assert.Equal(ExitCode.WrongUsage, await bench.RunAsync("manifest", "build", "--template", RepositoryRoot.Combine(PlantManifest.Production), "--lock", _folder.Write("l.json", json), "--output", _folder["out.json"]));
        Assert.Contains(reason, bench.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fragment_that_is_not_there_is_wrong_usage()
    {
        using var bench = new Bench();
        Assert.Equal(ExitCode.WrongUsage, await bench.RunAsync("manifest", "build", "--template", RepositoryRoot.Combine(PlantManifest.Production), "--with", "nothing", "--lock", _folder.Write("l.json", "{}")));
        Assert.Contains("--with nothing", bench.Errors, StringComparison.Ordinal);
    }

    private static Func<string, string?> With(params IEnumerable<string> groups) => name => groups.Contains(name, StringComparer.Ordinal) ? "109" : name is "SERIAL_DEVICE" ? "/dev/serial/by-id/usb-1" : PlantManifest.Find(name);

    private static JsonObject Agent(JsonObject manifest) => manifest["modulesContent"]!["$edgeAgent"]!["properties.desired"]!.AsObject();

    private static string ImageOf(JsonObject manifest, string module) => Agent(manifest)["modules"]![module]!["settings"]!["image"]!.GetValue<string>();
}
