using System.Text;
using System.Text.Json;
using Sallyport.Hosting;
using Sallyport.IotHub;
using Sallyport.Telemetry;
using Sallyport.TestKit;
using Sallyport.Watchdog.Methods;
using Sallyport.Watchdog.StatusPage;

namespace Sallyport.Watchdog.Tests.Delivery;

/// <summary>The direct methods acknowledge and getHealth.</summary>
public sealed class MethodTests : IDisposable
{
    private const string Missing = "module/ModbusReader/missing";

    private readonly GatewayBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task An_acknowledgement_is_answered_audited_logged_and_seen()
    {
        await LoseReaderAsync(_bench);
        JsonElement answer = await AcknowledgeAsync(_bench, $$"""{"id":"{{Missing}}","by":"night shift"}""", 200);
        Assert.Equal($$"""{"acknowledged":["{{Missing}}"],"stored":true}""", answer.GetRawText());
        SecurityEvent audit = _bench.Raised.Raised.Last();
        Assert.Equal((EventKind.Audit, "AlarmAcknowledged", "night shift"), (audit.Kind, audit.EventType, audit.Details["actor"].ToString()));
        Assert.Equal(_bench.Time.GetUtcNow(), Assert.Single(_bench.Status.Alarms).AcknowledgedAt);
        Assert.Contains(_bench.Log.GetSnapshot(), line => line.Id.Id == 7003);
        Assert.Equal("""{"acknowledged":[],"stored":true}""", (await AcknowledgeAsync(_bench, """{"id":"all"}""", 200)).GetRawText());
    }

    [Theory]
    [InlineData("""{"id":"module/Other/missing"}""", 404)]
    [InlineData("{}", 400)]
    [InlineData("""{"id":7}""", 400)]
    [InlineData("""{"id":"all","who":"me"}""", 400)]
    [InlineData("nonsense", 400)]
    public async Task What_is_no_alarm_or_no_request_is_refused_with_a_reason(string payload, int status)
    {
        await LoseReaderAsync(_bench);
        Assert.NotEmpty((await AcknowledgeAsync(_bench, payload, status)).GetProperty("error").GetString()!);
        Assert.Null(Assert.Single(_bench.Status.Alarms).AcknowledgedAt);
    }

    [Fact]
    public async Task An_acknowledgement_survives_a_restart_and_ends_with_its_alarm()
    {
        await LoseReaderAsync(_bench);
        _ = await AcknowledgeAsync(_bench, """{"id":"all"}""", 200);

        using var after = new GatewayBench(_bench.Folder);
        await LoseReaderAsync(after);
        Assert.Equal(_bench.Time.GetUtcNow(), Assert.Single(after.Status.Alarms).AcknowledgedAt);
        after.Gateway.Reader.IsUp = true;
        _ = await after.LiveUntilAsync(() => after.Status.Alarms.Length == 0, most: 40);
        await LoseReaderAsync(after);
        Assert.Null(Assert.Single(after.Status.Alarms).AcknowledgedAt);

        using var again = new GatewayBench(_bench.Folder);
        await LoseReaderAsync(again);
        Assert.Null(Assert.Single(again.Status.Alarms).AcknowledgedAt);
    }

    [Fact]
    public async Task An_acknowledgement_of_before_a_restart_is_no_excuse_for_what_comes_long_after_it()
    {
        await LoseReaderAsync(_bench);
        _ = await AcknowledgeAsync(_bench, """{"id":"all"}""", 200);
        using var after = new GatewayBench(_bench.Folder);
        await after.TickAsync(16 * 60);
        await LoseReaderAsync(after);
        Assert.Null(Assert.Single(after.Status.Alarms).AcknowledgedAt);
    }

    [Fact]
    public async Task A_disk_that_takes_nothing_is_told_and_the_acknowledgement_counts_all_the_same()
    {
        await LoseReaderAsync(_bench);
        Directory.Delete(_bench.Folder, recursive: true);
        JsonElement answer = await AcknowledgeAsync(_bench, """{"id":"all"}""", 200);
        Assert.False(answer.GetProperty("stored").GetBoolean());
        Assert.NotNull(Assert.Single(_bench.Status.Alarms).AcknowledgedAt);
        Assert.Contains(_bench.Log.GetSnapshot(), line => line.Id.Id == 7004);
    }

    [Fact]
    public async Task Health_is_the_picture_of_the_gateway_in_words_and_numbers()
    {
        await LoseReaderAsync(_bench);
        MethodResponse response = await GetHealth().AnswerAsync(new MethodRequest(GetHealthMethod.Method, "{}"u8.ToArray()), GatewayBench.Token);
        Assert.Equal(200, response.Status);
        var health = JsonElement.Parse(response.Payload.Span);
        Assert.Equal("delivering", health.GetProperty("delivery").GetProperty("state").GetString());
        Assert.True(health.GetProperty("delivery").TryGetProperty("lastDelivered", out _));
        Assert.Equal(["well", "missing", "well", "well"], health.GetProperty("modules").EnumerateArray().Select(module => module.GetProperty("condition").GetString()));
        Assert.Equal(Missing, health.GetProperty("alarms")[0].GetProperty("id").GetString());
        Assert.Equal("high", health.GetProperty("alarms")[0].GetProperty("severity").GetString());
        Assert.Equal("chiller-1", health.GetProperty("devices")[0].GetProperty("source").GetString());
        Assert.Equal("sas", health.GetProperty("credentials")[0].GetProperty("kind").GetString());
        Assert.Equal("Watchdog", health.GetProperty("events")[0].GetProperty("module").GetString());
        Assert.InRange(health.GetProperty("buffer").GetProperty("usedShare").GetDouble(), 0, 1);
        Assert.Empty(MessageSchema.Faults(StatusJson.Schema, response.Payload));
    }

    [Fact]
    public async Task Before_the_first_look_health_says_that_nobody_knows()
    {
        MethodResponse response = await GetHealth().AnswerAsync(new MethodRequest(GetHealthMethod.Method, default), GatewayBench.Token);
        var health = JsonElement.Parse(response.Payload.Span);
        Assert.Equal("unknown", health.GetProperty("delivery").GetProperty("state").GetString());
        Assert.False(health.TryGetProperty("buffer", out _));
    }

    private GetHealthMethod GetHealth() => new(_bench.Board, new ModuleIdentity("gw", "Watchdog", "h", "1"), _bench.Time);

    private static async Task LoseReaderAsync(GatewayBench bench)
    {
        await bench.LiveAsync(seconds: 15);
        bench.Gateway.Reader.IsUp = false;
        _ = await bench.LiveUntilAsync(() => bench.HasAlarm(Missing), most: 40);
    }

    private static async Task<JsonElement> AcknowledgeAsync(GatewayBench bench, string payload, int status)
    {
        MethodResponse response = await bench.Acknowledge.AnswerAsync(new MethodRequest(AcknowledgeMethod.Method, Encoding.UTF8.GetBytes(payload)), GatewayBench.Token);
        Assert.Equal(status, response.Status);
        return JsonElement.Parse(response.Payload.Span);
    }
}
