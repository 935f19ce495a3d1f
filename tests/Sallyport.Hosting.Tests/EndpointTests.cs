using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Hosting;
using Sallyport.Hosting.Endpoint;

namespace Sallyport.Hosting.Tests;

public sealed class EndpointTests : IAsyncLifetime
{
    private readonly TestModule _module = new();
    private readonly TimerCountingClock _time = new(HttpExchange.Limit);
    private readonly HttpClient _client = new();
    private readonly TaskCompletionSource _workerEnds = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task<int> _running = Task.FromResult(0);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _module.Builder.Services.AddSingleton<TimeProvider>(_time);
        _module.Builder.Services.AddOutputEvents("status").AddModulePlan<TestPlan, TestPlanReader>();
        _module.Builder.Services.AddSingleton<IHostedService>(new ScriptedWorker(stop => _workerEnds.Task.WaitAsync(stop)));
        _running = await _module.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _module.Stop();
        _ = await _running;
        _module.Dispose();
    }

    [Fact(Timeout = 30_000)]
    public async Task Metrics_are_what_the_collector_reads_line_by_line()
    {
        Meter meter = _module.Host.Services.GetRequiredService<IMeterFactory>().Create("Sallyport.EndpointTests");
        meter.CreateCounter<long>("sallyport.test.things", unit: "{things}", description: "Things\nand \\ \"more\".").Add(0);
        Gauge<double> depth = meter.CreateGauge<double>("sallyport.test.depth", unit: "By");
        depth.Record(double.PositiveInfinity, new KeyValuePair<string, object?>("kind", "infinite"));
        depth.Record(double.NaN, new KeyValuePair<string, object?>("kind", "undefined"));
        depth.Record(1e300, new("kind", "q\"b\\n\nr\r"), new("edge_device", "impostor"), new("kind ", null));
        meter.CreateHistogram<double>("sallyport.test.took", unit: "s").Record(0.2);
        meter.CreateUpDownCounter<long>("sallyport.test.open", unit: "{connections}").Add(-2);

        HttpResponseMessage answer = await _client.GetAsync(new Uri(_module.Address, "metrics"), Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        string page = await answer.Content.ReadAsStringAsync(Token);
        IReadOnlyList<CollectedSample> samples = CollectorGrammar.Read(page);

        Assert.All(samples, sample =>
        {
            Assert.Equal(
                ("gw \"1\"\\", "hub.example", "TestModule", "run-1"),
                (sample.Labels["edge_device"], sample.Labels["iothub"], sample.Labels["module_name"], sample.Labels["instance_number"]));
            Assert.True(double.IsFinite(sample.Value), sample.Name);
        });
        Assert.Equal(0, Assert.Single(samples, sample => sample is { Name: "sallyport_test_things_total" }).Value);
        CollectedSample finite = Assert.Single(samples, sample => sample is { Name: "sallyport_test_depth_bytes" });
        Assert.Equal((1e300, "q\"b\\n\nr "), (finite.Value, finite.Labels["kind"]));
        Assert.Equal(-2, Assert.Single(samples, sample => sample is { Name: "sallyport_test_open" }).Value);
        Assert.Equal(
            [("0.1", 0.0), ("0.5", 1), ("+Inf", 1)],
            samples.Where(sample => sample is { Name: "sallyport_test_took_seconds_bucket" } && sample.Labels["le"] is "0.1" or "0.5" or "+Inf")
                .Select(sample => (sample.Labels["le"], sample.Value)));
        Assert.Contains("# HELP sallyport_test_things_total Things\\nand \\\\ \"more\".\n# TYPE sallyport_test_things_total counter\n", page, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task Our_own_counters_are_there_from_the_start_at_zero()
    {
        string page = await _client.GetStringAsync(new Uri(_module.Address, "metrics"), Token);
        IReadOnlyList<CollectedSample> samples = CollectorGrammar.Read(page);
        string[] atZero =
        [
            "sallyport_plan_changes_total", "sallyport_plan_store_failures_total", "sallyport_plan_report_failures_total",
            "sallyport_events_raised_total", "sallyport_events_sent_total", "sallyport_events_dropped_total",
            "sallyport_endpoint_requests_total", "sallyport_endpoint_aborted_total", "sallyport_module_healthy",
        ];
        Assert.All(atZero, name =>
        {
            List<CollectedSample> series = [.. samples.Where(sample => string.Equals(sample.Name, name, StringComparison.Ordinal))];
            Assert.NotEmpty(series);
            Assert.All(series, sample => Assert.Equal(0, sample.Value));
        });
        Assert.True(Assert.Single(samples, sample => sample is { Name: "sallyport_module_memory_bytes" }).Value > 1024 * 1024);
        Assert.Equal(
            ["queue-full", "stopped", "too-large"],
            samples.Where(sample => sample is { Name: "sallyport_events_dropped_total" }).Select(sample => sample.Labels["reason"]).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["accepted", "refused"],
            samples.Where(sample => sample is { Name: "sallyport_plan_changes_total" }).Select(sample => sample.Labels["outcome"]).Order(StringComparer.Ordinal));
    }

    [Fact(Timeout = 30_000)]
    public async Task Health_is_starting_until_a_plan_is_in_force_and_unhealthy_when_a_worker_ends()
    {
        await AssertHealthAsync(HttpStatusCode.ServiceUnavailable, """{"status":"starting","reason":"no plan is in force yet"}""");

        await _module.Hub.DesireAsync(7, """{"intervalMs":250}""", Token);
        await AssertHealthAsync(HttpStatusCode.OK, """{"status":"healthy","reason":""}""");
        Assert.Equal(0, await ProbeAsync());

        _workerEnds.SetResult();
        while ((await _client.GetAsync(new Uri(_module.Address, "healthz"), Token)).IsSuccessStatusCode)
        {
            await Task.Yield();
        }

        await AssertHealthAsync(HttpStatusCode.ServiceUnavailable, """{"status":"unhealthy","reason":"ScriptedWorker has ended"}""");
        Assert.Equal(1, await ProbeAsync());
    }

    [Theory(Timeout = 30_000)]
    [InlineData("GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 404 Not Found")]
    [InlineData("GET /metrics/ HTTP/1.1\r\n\r\n", "HTTP/1.1 404 Not Found")]
    [InlineData("GET /healthz?full=1 HTTP/1.0\r\n\r\n", "HTTP/1.1 503 Service Unavailable")]
    [InlineData("POST /metrics HTTP/1.1\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 405 Method Not Allowed")]
    [InlineData("GET http://elsewhere/metrics HTTP/1.1\r\n\r\n", "HTTP/1.1 400 Bad Request")]
    [InlineData("GET /metrics HTTP/2.0\r\n\r\n", "HTTP/1.1 400 Bad Request")]
    [InlineData("GET /metrics\r\n\r\n", "HTTP/1.1 400 Bad Request")]
    [InlineData("\r\n\r\n", "HTTP/1.1 400 Bad Request")]
    [InlineData("\u0016\u0003\u0001\u00ff\r\n\r\n", "HTTP/1.1 400 Bad Request")]
    public async Task Whatever_is_asked_is_answered_and_the_connection_ends(string request, string statusLine)
    {
        string answer = await AskAsync(Encoding.Latin1.GetBytes(request));
        Assert.Equal(statusLine, answer.Split("\r\n")[0]);
        Assert.Contains("Connection: close\r\n", answer, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_request_in_single_bytes_is_understood()
    {
        using TcpClient client = await ConnectAsync();
        foreach (byte one in "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray())
        {
            await client.GetStream().WriteAsync(new[] { one }, Token);
        }

        Assert.StartsWith("HTTP/1.1 503", await ReadToEndAsync(client), StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_head_above_4_KiB_is_refused()
    {
        string answer = await AskAsync(Encoding.ASCII.GetBytes("GET /metrics HTTP/1.1\r\nX: " + new string('x', 4096 - 26)));
        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_peer_that_stops_in_the_middle_is_hung_up_on_after_five_seconds()
    {
        using var aborted = new MetricCollector<long>(
            _module.Host.Services.GetRequiredService<IMeterFactory>(), "Sallyport.Hosting", "sallyport.endpoint.aborted");
        using TcpClient client = await ConnectAsync();
        await client.GetStream().WriteAsync("GET /metr"u8.ToArray(), Token);
        Assert.Equal("", await AdvanceUntilAsync(ReadToEndAsync(client)));
        await aborted.WaitForMeasurementsAsync(1, Token);
        Assert.Equal(1, aborted.LastMeasurement!.Value);
    }

    [Fact(Timeout = 30_000)]
    public async Task Slow_peers_on_all_lanes_delay_others_for_five_seconds_and_no_longer()
    {
        List<TcpClient> slow = [];
        for (int i = 0; i < HttpLanes.Count; i++)
        {
            slow.Add(await ConnectAsync());
        }

        Task<string> health = AskAsync("GET /healthz HTTP/1.1\r\n\r\n"u8.ToArray());
        while (_time.Count < HttpLanes.Count)
        {
            await Task.Yield();
        }

        Assert.False(health.IsCompleted);
        _time.Advance(HttpExchange.Limit);
        Assert.StartsWith("HTTP/1.1 503", await health, StringComparison.Ordinal);
        slow.ForEach(client => client.Dispose());
    }

    [Fact(Timeout = 30_000)]
    public async Task Answered_requests_are_counted()
    {
        using var requests = new MetricCollector<long>(
            _module.Host.Services.GetRequiredService<IMeterFactory>(), "Sallyport.Hosting", "sallyport.endpoint.requests");
        _ = await AskAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray());
        await requests.WaitForMeasurementsAsync(1, Token);
        Assert.Equal(1, requests.LastMeasurement!.Value);
    }

    private static async Task<string> ReadToEndAsync(TcpClient client)
    {
        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        try
        {
            return await reader.ReadToEndAsync(Token);
        }
        catch (IOException)
        {
            return "";
        }
    }

    private async Task<string> AdvanceUntilAsync(Task<string> done)
    {
        while (!done.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        return await done;
    }

    private async Task<TcpClient> ConnectAsync()
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _module.Address.Port, Token);
        return client;
    }

    private async Task<string> AskAsync(byte[] request)
    {
        using TcpClient client = await ConnectAsync();
        await client.GetStream().WriteAsync(request, Token);
        return await ReadToEndAsync(client);
    }

    private async Task AssertHealthAsync(HttpStatusCode status, string json)
    {
        HttpResponseMessage answer = await _client.GetAsync(new Uri(_module.Address, "healthz"), Token);
        Assert.Equal((status, json), (answer.StatusCode, await answer.Content.ReadAsStringAsync(Token)));
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.ToString());
    }

    private async Task<int> ProbeAsync()
    {
        using var probe = new TestModule("--health");
        probe.Builder.Services.Configure<EdgeModuleOptions>(options => options.MetricsPort = _module.Address.Port);
        return await EdgeModule.RunAsync(probe.Host);
    }
}
