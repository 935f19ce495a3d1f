using System.Collections.Immutable;
using Sallyport.Manifest;
using Sallyport.Simulator.Modules;

namespace Sallyport.Simulator.Tests.Modules;

public sealed class ModuleProgramTests : IDisposable
{
    private readonly string _bin = Directory.CreateTempSubdirectory("sallyport-bin-").FullName;

    public void Dispose() => Directory.Delete(_bin, recursive: true);

    [Fact]
    public void A_built_module_lies_beside_the_simulator_in_the_same_configuration()
    {
        var assembly = Touch("Reader", "release", "Reader.dll");
        var program = ModuleProgram.Find(Entry("${MODULES.Reader}"), ImmutableDictionary<string, string>.Empty, Path.Combine(_bin, "Simulator", "release") + "/");
        Assert.Contains("dotnet", program.FileName, StringComparison.Ordinal);
        Assert.Equal([assembly, "--fast"], program.Arguments);
    }

    [Fact]
    public void A_given_executable_is_started_as_it_is()
    {
        var given = Touch("script");
        var program = ModuleProgram.Find(Entry("registry/reader:1"), new Dictionary<string, string>(StringComparer.Ordinal) { ["Reader"] = given }, _bin);
        Assert.Equal(given, program.FileName);
        Assert.Equal(["--fast"], program.Arguments);
    }

    [Fact]
    public void A_module_that_was_compiled_ahead_of_time_lies_where_it_is_published()
    {
        var published = Touch("aot", "Reader", "Reader");
        string simulator = Path.Combine(_bin, "bin", "Simulator", "release");
        var program = ModuleProgram.Find(Entry("${MODULES.Reader}"), ImmutableDictionary<string, string>.Empty, simulator, isAheadOfTime: true);
        Assert.Equal((published, "--fast"), (program.FileName, Assert.Single(program.Arguments)));
        var missing = Assert.Throws<ManifestException>(() => ModuleProgram.Find(
            Entry("${MODULES.Other}"), ImmutableDictionary<string, string>.Empty, simulator, isAheadOfTime: true));
        Assert.Contains("Run eng/publish.sh", missing.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("${MODULES.Reader}")]
    [InlineData("registry/reader:1")]
    public void A_module_without_program_names_its_image_and_the_way_out(string image)
    {
        var refused = Assert.Throws<ManifestException>(() => ModuleProgram.Find(Entry(image), ImmutableDictionary<string, string>.Empty, Path.Combine(_bin, "Simulator", "debug")));
        Assert.Equal("/modules/Reader/settings/image", refused.Pointer);
        Assert.Contains("--module Reader=PATH", refused.Message, StringComparison.Ordinal);
    }

    private static ModuleEntry Entry(string image) => new(
        "Reader",
        ModuleImage.Parse(image),
        "/modules/Reader",
        0,
        ImmutableDictionary<string, string>.Empty,
        new(ImmutableDictionary<string, string>.Empty, ["--fast"], []),
        []);

    private string Touch(params ReadOnlySpan<string> path)
    {
        var full = Path.Combine([_bin, .. path]);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, "");
        return full;
    }
}
