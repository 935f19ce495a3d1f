using System.Globalization;
using System.Text.Json;
using Sallyport.TestKit;

namespace Sallyport.Interop.Tests;

/// <summary>A device that nobody here wrote, read by our reader through the whole chain and by somebody else's reader directly.</summary>
[Collection(nameof(WholeRuns))]
public sealed class ModbusPeerTests
{
    // facts 2.1, 6.22, 6.23, 6.24: every kind of value in every order, packed by the peer's own code.
    [Fact(Timeout = 180_000)]
    public async Task The_cloud_sees_what_pymodbus_serves_and_what_mbpoll_reads()
    {
        Peer.Require("mbpoll");
        await using ModbusServerPeer peer = await ModbusServerPeer.StartAsync();
        Dictionary<string, JsonElement> seen = await SeenInTheCloudAsync(peer);
        foreach ((string name, JsonElement point) in peer.Points)
        {
            string served = Text(point.GetProperty("value"));
            string polled = await Mbpoll.ReadAsync(peer.Port, point);
            Assert.True(seen.TryGetValue(name, out JsonElement value), $"{name} did not arrive.");
            Assert.Equal((name, served, served), (name, polled, Text(value)));
        }
    }

    private static async Task<Dictionary<string, JsonElement>> SeenInTheCloudAsync(ModbusServerPeer peer)
    {
        string manifest = PeerManifest.Write(peer.Points);
        string record = Path.Combine(Path.GetTempPath(), $"sallyport-record-{Guid.NewGuid():N}.jsonl");
        try
        {
            SimulatorRun run = await SimulatorRun.StartAsync(
                "--manifest", manifest, "--modbus", $"{ModbusServerPeer.Address}:{peer.Port}", "--duration", "5", "--record", record);
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

    /// <summary>Values as text: numbers of 64 bits do not fit into a double, and travel as strings where they are too large for JSON.</summary>
    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => "1",
        JsonValueKind.False => "0",
        JsonValueKind.String => value.GetString()!,
        _ when value.GetRawText().AsSpan().ContainsAny('.', 'e', 'E') => value.GetDouble().ToString(CultureInfo.InvariantCulture),
        _ => value.GetRawText(),
    };
}
