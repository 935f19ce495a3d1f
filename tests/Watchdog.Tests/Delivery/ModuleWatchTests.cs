using Sallyport.Telemetry;
using Sallyport.Watchdog.Configuration;
using Sallyport.Watchdog.Status;

namespace Sallyport.Watchdog.Tests.Delivery;

/// <summary>How modules are doing, as their answers show it.</summary>
public sealed class ModuleWatchTests : IDisposable
{
    private readonly GatewayBench _bench = new();

    private ModuleStatus Reader => _bench.Status.Modules.Single(module => module.Name is "ModbusReader");

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Everybody_who_is_watched_is_in_the_picture_in_order()
    {
        await _bench.LiveAsync(seconds: 5);
        Assert.Equal(["SecureBuffer", "ModbusReader", "CertificateManager", "edgeHub"], _bench.Status.Modules.Select(module => module.Name));
        Assert.All(_bench.Status.Modules, module => Assert.Equal(ModuleCondition.Well, module.Condition));
        Assert.Equal(40 << 20, Reader.MemoryBytes);
    }

    [Fact]
    public async Task A_module_that_says_that_it_is_unhealthy_is_unwell_with_its_reason()
    {
        await _bench.LiveAsync(seconds: 5);
        _bench.Gateway.Reader.Health = """{"status":"unhealthy","reason":"PollingWorker has ended"}""";
        _ = await _bench.LiveUntilAsync(() => _bench.HasAlarm("module/ModbusReader/unwell"), most: 70);
        Assert.Equal((ModuleCondition.Unwell, "PollingWorker has ended"), (Reader.Condition, Reader.Reason));
    }

    [Fact]
    public async Task A_module_that_only_starts_has_five_minutes_for_it()
    {
        _bench.Gateway.Reader.Health = """{"status":"starting","reason":"no plan is in force yet"}""";
        await _bench.LiveAsync(seconds: 290);
        Assert.Empty(_bench.Status.Alarms);
        _ = await _bench.LiveUntilAsync(() => _bench.HasAlarm("module/ModbusReader/unwell"), most: 30);
    }

    [Fact]
    public async Task A_module_that_never_came_has_five_minutes_for_it()
    {
        _bench.Gateway.Certificates.IsUp = false;
        await _bench.LiveAsync(seconds: 290);
        Assert.Empty(_bench.Status.Alarms);
        _ = await _bench.LiveUntilAsync(() => _bench.HasAlarm("module/CertificateManager/missing"), most: 30);
    }

    [Fact]
    public async Task A_page_that_is_no_metrics_page_is_not_believed_at_all()
    {
        await _bench.LiveAsync(seconds: 5);
        _bench.Gateway.Reader.PageInstead = "sallyport_device_state{source=\"chiller-1\",state=\"offline\"} 1\nand so on";
        _ = await _bench.LiveUntilAsync(() => _bench.HasAlarm("module/ModbusReader/unwell"), most: 70);
        Assert.Contains("line 2 is not in the Prometheus text format", Reader.Reason, StringComparison.Ordinal);
        Assert.All(_bench.Status.Devices, device => Assert.Equal(DeviceState.Online, device.State));
    }

    [Theory]
    [InlineData("memory", EventSeverity.Medium, 70)]
    [InlineData("overruns", EventSeverity.Low, 70)]
    [InlineData("silent", EventSeverity.High, 310)]
    [InlineData("refused", EventSeverity.High, 40)]
    public async Task What_a_module_counts_too_much_of_is_an_alarm(string what, EventSeverity severity, int within)
    {
        await _bench.LiveAsync(seconds: 30);
        FakeModule reader = _bench.Gateway.Reader;
        Action worse = what switch
        {
            "memory" => () => reader["sallyport_module_memory_bytes"] = 101 << 20,
            "overruns" => () => reader["sallyport_poll_overruns_total"] += 10,
            "silent" => () => reader[FakeGateway.Published] = 20,
            _ => () => reader["sallyport_hub_authentication_failures_total"]++,
        };
        var id = what is "refused" ? "credential/ModbusReader/refused" : $"module/ModbusReader/{what}";
        _ = await _bench.LiveUntilAsync(
            () =>
            {
                worse();
                return _bench.HasAlarm(id);
            },
            within);
        Assert.Equal(severity, Assert.Single(_bench.Status.Alarms).Severity);
    }

    [Fact]
    public async Task A_device_on_line_without_frames_is_an_alarm_while_its_reader_goes_on()
    {
        await _bench.LiveAsync(seconds: 30);
        _bench.Gateway.AreFramesMade = false;
        await _bench.LiveAsync(seconds: 290);
        Assert.Empty(_bench.Status.Alarms);
        _ = await _bench.LiveUntilAsync(() => _bench.HasAlarm("device/chiller-1/silent"), most: 20);
        Assert.Equal(EventSeverity.High, Assert.Single(_bench.Status.Alarms).Severity);
        _bench.Gateway.AreFramesMade = true;
        _ = await _bench.LiveUntilAsync(() => _bench.Status.Alarms.Length == 0, most: 40);
    }

    [Fact]
    public async Task A_device_that_is_not_on_line_owes_no_frames()
    {
        await _bench.LiveAsync(seconds: 30);
        _bench.Gateway.AreFramesMade = false;
        _bench.Gateway.Reader[FakeGateway.Online] = 0;
        _bench.Gateway.Reader["""sallyport_device_state{source="chiller-1",state="degraded"}"""] = 1;
        await _bench.LiveAsync(seconds: 400);
        Assert.Empty(_bench.Status.Alarms);
    }

    [Fact]
    public async Task A_start_that_edgeAgent_counted_and_one_that_the_page_shows_are_one()
    {
        const string Starts = """edgeAgent_module_start_total{module_name="ModbusReader",module_version="1.0"}""";
        var agent = new FakeModule("edgeAgent");
        agent["edgeAgent_total_time_expected_running_seconds{module_name=\"ModbusReader\"}"] = 5;
        _bench.Gateway.Others.Add(agent);
        _bench.Plan = _bench.Plan with { EdgeAgent = WatchedModule.Of("edgeAgent").Address };
        await _bench.LiveAsync(seconds: 10);
        agent[Starts] = 1;
        await _bench.LiveAsync(seconds: 5);
        _bench.Gateway.Reader.Restart();
        await _bench.LiveAsync(seconds: 5);
        Assert.Equal(1, Reader.Starts);

        // Two more between two looks, of which the page shows one.
        agent[Starts] = 3;
        _bench.Gateway.Reader.Restart();
        await _bench.LiveAsync(seconds: 5);
        Assert.Equal(3, Reader.Starts);
        Assert.Equal([1, 3], _bench.Raised.Raised.Where(raised => raised.EventType is "ModuleRestarted").Select(raised => raised.Details["starts"].AsInt64()));
        Assert.True(_bench.HasAlarm("module/ModbusReader/flapping"));
    }

    [Fact]
    public async Task A_module_that_dies_before_it_answers_is_flapping_by_what_edgeAgent_counts()
    {
        const string Starts = """edgeAgent_module_start_total{module_name="ModbusReader",module_version="1.0"}""";
        var agent = new FakeModule("edgeAgent");
        agent[Starts] = 1;
        _bench.Gateway.Others.Add(agent);
        _bench.Plan = _bench.Plan with { EdgeAgent = WatchedModule.Of("edgeAgent").Address };
        await _bench.LiveAsync(seconds: 10);
        _bench.Gateway.Reader.IsUp = false;
        for (var starts = 0; starts < 3; starts++)
        {
            agent[Starts]++;
            await _bench.LiveAsync(seconds: 5);
        }

        Assert.Equal(ModuleCondition.Flapping, Reader.Condition);
    }

    [Fact]
    public async Task Clients_that_edgeHub_turns_away_again_and_again_are_an_alarm()
    {
        await _bench.LiveAsync(seconds: 10);
        const string Failed = """edgehub_client_connect_failed_total{id="gw/Stranger",reason="not_authenticated"}""";
        _bench.Gateway.EdgeHub[Failed] = 0;
        await _bench.LiveAsync(seconds: 5);
        _bench.Gateway.EdgeHub[Failed] = 4;
        await _bench.LiveAsync(seconds: 5);
        Assert.Empty(_bench.Status.Alarms);
        _bench.Gateway.EdgeHub[Failed] = 5;
        await _bench.LiveAsync(seconds: 5);
        Assert.True(_bench.HasAlarm("credential/edgeHub/refused"));
    }

    [Fact]
    public async Task A_module_that_left_the_plan_leaves_the_picture_and_its_alarms_end()
    {
        _bench.Gateway.Certificates.IsUp = false;
        _ = await _bench.LiveUntilAsync(() => _bench.HasAlarm("module/CertificateManager/missing"), most: 320);
        _bench.Plan = _bench.Plan with { Modules = _bench.Plan.Modules.RemoveAt(2) };
        _ = await _bench.LiveUntilAsync(() => _bench.Status.Alarms.Length == 0, most: 40);
        Assert.DoesNotContain(_bench.Status.Modules, module => module.Name is "CertificateManager");
    }
}
