using System.Text.Json.Nodes;

namespace Sallyport.Benchmarks;

/// <summary>The repository's own deployment manifest with the numbers that a measurement sets.</summary>
internal static class Manifest
{
    /// <summary>Writes a copy in which every group polls at <paramref name="intervalMs"/> and a page waits at most <paramref name="maxLatencyMs"/>.</summary>
    public static void Write(string repository, string path, int intervalMs, int maxLatencyMs)
    {
        JsonNode manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(repository, "deployment.template.json")))!;
        foreach ((_, JsonNode? group) in Desired(manifest, "ModbusReader")["groups"]!.AsObject())
        {
            group!["intervalMs"] = intervalMs;
        }

        Desired(manifest, "SecureBuffer")["maxLatencyMs"] = maxLatencyMs;
        File.WriteAllText(path, manifest.ToJsonString());
    }

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

    private static JsonObject Desired(JsonNode manifest, string module) =>
        manifest["modulesContent"]![module]!["properties.desired"]!.AsObject();
}
