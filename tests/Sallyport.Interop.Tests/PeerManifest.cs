using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sallyport.Interop.Tests;

/// <summary>The repository's deployment manifest, with a reader that reads the peer's points and a buffer that waits 200 ms.</summary>
internal static class PeerManifest
{
    public static string Write(IReadOnlyDictionary<string, JsonElement> points)
    {
        JsonNode manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(TestKit.RepositoryRoot.Path, "deployment.template.json")))!;
        var read = new JsonObject();
        foreach ((string name, JsonElement point) in points)
        {
            JsonObject desired = JsonObject.Create(point.GetProperty("members"))!;
            desired["group"] = "all";
            read[name] = desired;
        }

        JsonNode content = manifest["modulesContent"]!;
        content["ModbusReader"]!["properties.desired"] = new JsonObject
        {
            ["connections"] = new JsonObject { ["peer"] = new JsonObject { ["endpoint"] = "${MODBUS_ENDPOINT}", ["timeoutMs"] = 5000 } },
            ["units"] = new JsonObject { ["peer"] = new JsonObject { ["connection"] = "peer", ["unitId"] = ModbusServerPeer.UnitId } },
            ["groups"] = new JsonObject { ["all"] = new JsonObject { ["intervalMs"] = 500 } },
            ["points"] = new JsonObject { ["peer"] = read },
        };
        content["SecureBuffer"]!["properties.desired"]!["maxLatencyMs"] = 200;
        string path = Path.Combine(Path.GetTempPath(), $"sallyport-peer-{Guid.NewGuid():N}.json");
        File.WriteAllText(path, manifest.ToJsonString());
        return path;
    }
}
