using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.Manifest.Routing;
using Sallyport.Simulator;
using Sallyport.Simulator.Cloud;
using Sallyport.Simulator.Modules;
using Sallyport.Simulator.Mqtt;
using Sallyport.TestKit;

namespace Sallyport.EndToEnd.Tests;

/// <summary>Watchdog as a process beside the others: it sees what is broken from their own metrics and messages, says so, and says when it is over.</summary>
public sealed class WatchdogTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 180_000)]
    public async Task A_cut_uplink_a_stuck_edgeHub_and_a_killed_reader_are_told_to_people_and_to_the_cloud_and_so_is_their_end()
    {
        var lines = new HeardLines();
        var buffer = new HeardLines();
        var cloud = new HeardLines();
        await using var simulation = new EdgeSimulation(
            new EdgeSimulationOptions { Manifest = await ManifestAsync() },
            (module, line) =>
            {
                if (module is WatchedAddresses.Module or "SecureBuffer")
                {
                    (module is WatchedAddresses.Module ? lines : buffer).Hear(line);
                }
            },
            TimeProvider.System,
            NullLoggerFactory.Instance);
        simulation.Intake.OnMessage(message => cloud.Hear(Encoding.UTF8.GetString(message.Message.Body.Span)));
        await simulation.StartAsync(Token);
        await lines.UntilAsync("Module ModbusReader is well");
        await lines.UntilAsync("Delivery: Delivering");

        simulation.SetUplink(UplinkState.Cut);
        await lines.UntilAsync("Alarm delivery/offline (Medium)");
        await lines.UntilAsync("Delivery: Offline since");
        simulation.SetUplink(UplinkState.Open);
        await lines.UntilAsync("Alarm delivery/offline is over");

        // edgeHub's messages get stuck, and everything says connected: another connection is asked for, and cannot help. So people do what the alarm says.
        simulation.Uplink.Delay = TimeSpan.FromHours(1);
        await lines.UntilAsync("Alarm delivery/stalled (High)");
        await buffer.UntilAsync("The watchdog wants another connection");
        await lines.UntilAsync("Alarm delivery/edgehub-restart (Critical)", "sudo iotedge restart edgeHub");
        simulation.Uplink.Delay = TimeSpan.Zero;
        await simulation.EdgeHub.RestartAsync(Token);
        await lines.UntilAsync("Alarm delivery/edgehub-restart is over");

        await simulation.Modules.KillAsync("ModbusReader");
        await lines.UntilAsync("Alarm module/ModbusReader/flapping (High)");
        await lines.UntilAsync("Alarm module/ModbusReader/flapping is over");

        await cloud.UntilAsync("AlarmRaised", "delivery/offline");
        await cloud.UntilAsync("AlarmCleared", "module/ModbusReader/flapping");
        JsonElement health = await AskAsync(simulation, "getHealth", "{}", status: 200);
        Assert.Contains(health.GetProperty("modules").EnumerateArray(), module => module.GetProperty("name").GetString() is "ModbusReader" && module.GetProperty("starts").GetInt32() == 1);
        Assert.All(health.GetProperty("modules").EnumerateArray(), module => Assert.NotEqual("missing", module.GetProperty("condition").GetString()));
        Assert.Contains(health.GetProperty("devices").EnumerateArray(), device => device.GetProperty("source").GetString() is "line-1");
        Assert.Contains(health.GetProperty("credentials").EnumerateArray(), one => one.GetProperty("kind").GetString() is "sas");
        Assert.Contains(health.GetProperty("events").EnumerateArray(), one => one.GetProperty("module").GetString() is "CertificateManager");
        Assert.InRange(health.GetProperty("buffer").GetProperty("usedShare").GetDouble(), 0, 1);
        JsonElement refusal = await AskAsync(simulation, "acknowledge", """{"id":"delivery/offline"}""", status: 404);
        Assert.Contains("getHealth lists those that stand", refusal.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    private static async Task<JsonElement> AskAsync(EdgeSimulation simulation, string method, string payload, int status)
    {
        MethodResult answer = await simulation.Cloud.InvokeMethodAsync(
            new HubIdentity(EdgeSimulation.DeviceId, WatchedAddresses.Module), new MethodCall(method, Encoding.UTF8.GetBytes(payload)), Token);
        Assert.Equal(status, answer.Status);
        return JsonElement.Parse(answer.Payload.Span);
    }

    // One start is flapping, and everything is told at once: the run has no minutes to wait.
    private static async Task<string> ManifestAsync()
    {
        JsonNode manifest = JsonNode.Parse(await File.ReadAllTextAsync(RepositoryRoot.Combine("deployment.template.json"), Token))!;
        manifest["modulesContent"]!["SecureBuffer"]!["properties.desired"]!["maxLatencyMs"] = 500;
        JsonNode delivery = manifest["modulesContent"]![WatchedAddresses.Module]!["properties.desired"]!["delivery"]!;
        delivery["intervalMs"] = 500;
        delivery["offlineAfterMs"] = 500;
        delivery["stalledAfterMs"] = 4000;
        delivery["clearAfterMs"] = 1000;
        delivery["missingAfterMs"] = 120_000;
        delivery["flapping"] = new JsonObject { ["count"] = 1, ["withinMs"] = 3000 };
        return manifest.ToJsonString();
    }

    /// <summary>What was heard, and whoever waits for words.</summary>
    private sealed class HeardLines
    {
        private readonly ChangeSignal _heard = new();
        private ImmutableList<string> _lines = [];

        public void Hear(string line)
        {
            _ = ImmutableInterlocked.Update(ref _lines, lines => lines.Add(line));
            _heard.Fire();
        }

        public Task UntilAsync(params string[] words) => _heard.WaitUntilAsync(
            () => Volatile.Read(ref _lines).Any(line => Array.TrueForAll(words, word => line.Contains(word, StringComparison.Ordinal))), Token);
    }
}
