using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sallyport.Interop.Tests;

/// <summary>The repository's deployment manifest, with a reader that reads every point of the peer and a buffer that waits 200 ms.</summary>
internal static class PeerManifest
{
    public static string Write(IReadOnlyDictionary<string, JsonElement> points)
    {
        JsonNode manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(TestKit.RepositoryRoot.Path, "deployment.template.json")))!;
        var read = new JsonObject();
        foreach ((string name, JsonElement point) in points)
        {
            string type = point.GetProperty("type").GetString()!;
            var desired = new JsonObject
            {
                ["group"] = "all",
                ["table"] = point.GetProperty("table").GetString(),
                ["address"] = point.GetProperty("address").GetInt32(),
                ["type"] = type,
            };
            if (type is "int32" or "uint32" or "float32")
            {
                desired["wordOrder"] = point.GetProperty("wordOrder").GetString();
            }

            read[name] = desired;
        }

        JsonNode content = manifest["modulesContent"]!;
        content["ModbusReader"]!["properties.desired"] = new JsonObject
        {
            ["connections"] = new JsonObject { ["peer"] = new JsonObject { ["endpoint"] = "${MODBUS_ENDPOINT}" } },
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
