namespace Sallyport.Architecture.Tests;

/// <summary>The directions in which projects may depend on each other. To change one, change this table in the same commit.</summary>
public sealed class ProjectGraphTests
{
    private static readonly Dictionary<string, string[]> AllowedInSrc = new(StringComparer.Ordinal)
    {
        ["Sallyport.Telemetry"] = [],
        ["Sallyport.Identity"] = [],
        ["Sallyport.SealedRing"] = [],
        ["Sallyport.Manifest"] = [],
        ["Sallyport.Modbus"] = ["Sallyport.Telemetry"],
        ["Sallyport.EtherNetIp"] = ["Sallyport.Telemetry"],
        ["Sallyport.Acquisition"] = ["Sallyport.Hosting", "Sallyport.IotHub", "Sallyport.Telemetry"],
        ["Sallyport.EtherNetIpOriginator"] = ["Sallyport.Acquisition", "Sallyport.EtherNetIp", "Sallyport.Hosting", "Sallyport.Telemetry"],
        ["Sallyport.ModbusMaster"] = ["Sallyport.Acquisition", "Sallyport.Hosting", "Sallyport.Identity", "Sallyport.Modbus", "Sallyport.Telemetry"],
        ["Sallyport.BatchVerification"] = ["Sallyport.SealedRing", "Sallyport.Telemetry"],
        ["Sallyport.OtInspection"] = ["Sallyport.EtherNetIp", "Sallyport.Modbus", "Sallyport.Telemetry"],
        ["Sallyport.Posture"] = ["Sallyport.Telemetry"],
        ["Sallyport.IotHub"] = ["Sallyport.Identity", "Sallyport.Telemetry"],
        ["Sallyport.Hosting"] = ["Sallyport.Identity", "Sallyport.IotHub", "Sallyport.Telemetry"],
    };

    public static TheoryData<string> ProjectsOutsideSrc =>
        [.. Repository.Projects.Select(Repository.Relative).Where(project => !project.StartsWith("src/", StringComparison.Ordinal))];

    public static TheoryData<string> ProjectsInSrc =>
        [.. Repository.Projects.Select(Repository.Relative).Where(project => project.StartsWith("src/", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(ProjectsInSrc))]
    public void A_library_references_only_what_the_table_allows(string project)
    {
        string name = Path.GetFileNameWithoutExtension(project);
        Assert.True(AllowedInSrc.TryGetValue(name, out string[]? allowed), $"{name} is not in the table.");
        Assert.Empty(Repository.References(Path.Combine(Repository.Root, project)).Except(allowed!, StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(ProjectsOutsideSrc))]
    public void A_module_or_tool_references_libraries_and_never_another_module(string project)
    {
        string folder = project[..project.IndexOf('/', StringComparison.Ordinal)];
        IEnumerable<string> foreign = Repository.References(Path.Combine(Repository.Root, project))
            .Select(FolderOf)
            .Where(target => !MayReference(folder, target));
        Assert.Empty(foreign);
    }

    [Fact]
    public void The_solution_lists_every_project_and_no_other()
    {
        string solution = Repository.Read("EdgeSolution.sln").Replace('\\', '/');
        IEnumerable<string> missing = Repository.Projects.Select(Repository.Relative)
            .Where(project => !solution.Contains(project, StringComparison.Ordinal));
        Assert.Empty(missing);
        Assert.Equal(Repository.Projects.Count(), solution.Split(".csproj").Length - 1);
    }

    // The simulator builds the modules without their assemblies: it starts them as processes.
    private static bool MayReference(string folder, string target) => (folder, target) switch
    {
        (_, "src") => true,
        ("tests" or "benchmarks", _) => true,
        ("tools", "cloud" or "modules") => true,
        _ => false,
    };

    private static string FolderOf(string name) =>
        Repository.Projects.Select(Repository.Relative)
            .Single(project => string.Equals(Path.GetFileNameWithoutExtension(project), name, StringComparison.Ordinal))
            .Split('/')[0];
}
