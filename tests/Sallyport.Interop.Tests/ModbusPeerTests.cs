using System.Text.Json;
using Sallyport.TestKit;

namespace Sallyport.Interop.Tests;

/// <summary>A device that nobody here wrote, read by our reader through the whole chain and by somebody else's reader directly.</summary>
public sealed class ModbusPeerTests
{
    [Fact(Timeout = 180_000)]
    public async Task The_cloud_sees_what_pymodbus_serves_and_what_mbpoll_reads()
    {
        Peer.Require("mbpoll");
        Peer.RequirePython("pymodbus");
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        await using ModbusServerPeer peer = await ModbusServerPeer.StartAsync(cancellation);
        Dictionary<string, JsonElement> seen = await SeenInTheCloudAsync(peer);
        foreach ((string name, JsonElement point) in peer.Points)
        {
            double served = Number(point.GetProperty("value"));
            double polled = await Mbpoll.ReadAsync(
                point.GetProperty("table").GetString()!,
                point.GetProperty("address").GetInt32(),
                point.GetProperty("type").GetString()!,
                point.GetProperty("wordOrder").GetString()!,
                cancellation);
            Assert.True(seen.TryGetValue(name, out JsonElement value), $"{name} did not arrive.");
            Assert.Equal((name, served, served), (name, polled, Number(value)));
        }
    }

    private static async Task<Dictionary<string, JsonElement>> SeenInTheCloudAsync(ModbusServerPeer peer)
    {
        string manifest = PeerManifest.Write(peer.Points);
        string record = Path.Combine(Path.GetTempPath(), $"sallyport-record-{Guid.NewGuid():N}.jsonl");
        try
        {
            SimulatorRun run = await SimulatorRun.StartAsync(
                "--manifest", manifest, "--modbus", $"{ModbusServerPeer.Address}:{ModbusServerPeer.Port}", "--duration", "5", "--record", record);
            Assert.True(run.ExitCode == 0, run.Output);
            var seen = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
            foreach (JsonElement frame in (await File.ReadAllLinesAsync(record, TestContext.Current.CancellationToken)).SelectMany(Frames))
            {
                foreach (JsonElement point in frame.GetProperty("points").EnumerateArray())
                {
                    Assert.False(point.TryGetProperty("q", out _), $"Bad quality: {point}");
                    seen[point.GetProperty("n").GetString()!] = point.GetProperty("v").Clone();
                }
            }

            return seen;
        }
        finally
        {
            File.Delete(manifest);
            File.Delete(record);
        }
    }

    private static IEnumerable<JsonElement> Frames(string line)
    {
        JsonElement body = JsonElement.Parse(line).GetProperty("body");
        return body.TryGetProperty("frames", out JsonElement frames)
            ? frames.EnumerateArray().Where(frame => frame.GetProperty("schema").GetString() is "sallyport.frame/1")
            : [];
    }

    private static double Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        _ => value.GetDouble(),
    };
}
