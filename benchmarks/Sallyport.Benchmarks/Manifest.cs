using System.Text.Json.Nodes;

namespace Sallyport.Benchmarks;

/// <summary>The repository's own deployment manifest with the numbers that a measurement sets.</summary>
internal static class Manifest
{
    /// <summary>Writes a copy in which every group polls at <paramref name="intervalMs"/> and a page waits at most <paramref name="maxLatencyMs"/>.</summary>
    public static void Write(string repository, string path, int intervalMs, int maxLatencyMs)
    {
        JsonObject manifest = Read(repository);
        foreach ((_, JsonNode? group) in Desired(manifest, "ModbusReader")["groups"]!.AsObject())
        {
            group!["intervalMs"] = intervalMs;
        }

        Desired(manifest, "SecureBuffer")["maxLatencyMs"] = maxLatencyMs;
        File.WriteAllText(path, manifest.ToJsonString());
    }

    /// <summary>The manifest with one of its modules alone.</summary>
    /// <param name="repository">Where the manifest lies.</param>
    /// <param name="module">Which module.</param>
    /// <param name="hasPlan">Whether it keeps its desired properties; without, they are empty.</param>
    /// <returns>Its text.</returns>
    public static string Alone(string repository, string module, bool hasPlan)
    {
        JsonObject manifest = Read(repository);
        JsonObject modules = ModulesOf(manifest);
        foreach (string other in modules.Select(one => one.Key).Where(name => !string.Equals(name, module, StringComparison.Ordinal)).ToArray())
        {
            modules.Remove(other);
            manifest["modulesContent"]!.AsObject().Remove(other);
        }

        Desired(manifest, "$edgeHub")["routes"] = new JsonObject { ["all"] = "FROM /messages/* INTO $upstream" };
        if (!hasPlan)
        {
            Desired(manifest, module).Clear();
        }

        return manifest.ToJsonString();
    }

    /// <summary>The modules that are built here, in the order of the manifest.</summary>
    public static IReadOnlyList<string> OurModules(string repository) =>
        [.. ModulesOf(Read(repository)).Where(module => module.Value!["settings"]!["image"]!.GetValue<string>().StartsWith("${MODULES.", StringComparison.Ordinal)).Select(module => module.Key)];

    /// <summary>The folder that holds EdgeSolution.sln, above this assembly.</summary>
    public static string FindRepository()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "EdgeSolution.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("EdgeSolution.sln is not above the benchmark's folder.");
        }

        return folder.FullName;
    }

    private static JsonObject Read(string repository) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(repository, "deployment.template.json")))!.AsObject();

    private static JsonObject ModulesOf(JsonNode manifest) => Desired(manifest, "$edgeAgent")["modules"]!.AsObject();

    private static JsonObject Desired(JsonNode manifest, string module) =>
        manifest["modulesContent"]![module]!["properties.desired"]!.AsObject();
}
