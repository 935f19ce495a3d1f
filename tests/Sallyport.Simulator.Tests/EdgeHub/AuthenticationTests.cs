using MQTTnet;
using MQTTnet.Formatter;
using Sallyport.Simulator.Cloud;
using Sallyport.Simulator.Tests.Brokers;

namespace Sallyport.Simulator.Tests.EdgeHub;

public sealed class AuthenticationTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task A_module_with_a_good_token_is_let_in()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        await using RawClient alpha = await harness.ConnectAsync(harness.Alpha);

        Assert.Equal(MqttClientConnectResultCode.Success, alpha.ConnectResult);
        PrometheusText metrics = await harness.ReadMetricsAsync();
        Assert.Equal(1, metrics.Find("edgehub_connected_clients"));
        Assert.Equal(1, metrics.Find("edgehub_client_connect_success_total", ("id", "edge-1/alpha")));
    }

    [Fact(Timeout = 60_000)]
    public async Task Secondary_key_device_key_and_gateway_audience_are_as_good()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        DateTimeOffset later = TimeProvider.System.GetUtcNow().AddHours(1);
        RegisteredIdentity alpha = harness.Alpha;
        string[] tokens =
        [
            TestTokens.Mint(harness.Hub.HostName, alpha.Identity, alpha.SecondaryKey, later),
            TestTokens.Mint(harness.Hub.HostName, harness.Device, later),
            TestTokens.Mint(harness.Addresses.EdgeHub.ToString(), alpha, later),
            TestTokens.Mint(harness.Hub.HostName, alpha.Identity with { ModuleId = "ALPHA" }, alpha.PrimaryKey, later),
        ];

        foreach (string token in tokens)
        {
            await using RawClient client = await RawClient.ConnectAsync(harness.ToEdgeHub(alpha) with { Password = token }, Cancel);
            Assert.Equal(MqttClientConnectResultCode.Success, client.ConnectResult);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task Whatever_is_wrong_with_the_credentials_is_answered_with_code_5_and_counted()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        DateTimeOffset later = TimeProvider.System.GetUtcNow().AddHours(1);
        RawConnect good = harness.ToEdgeHub(harness.Alpha);
        RawConnect[] bad =
        [
            good with { Password = null },
            good with { Password = "letmein" },
            good with { Password = TestTokens.Mint(harness.Hub.HostName, harness.Beta, later) },
            good with { Password = TestTokens.Mint("other.example", harness.Alpha, later) },
            good with { Password = TestTokens.Mint(harness.Hub.HostName, harness.Alpha.Identity, harness.Beta.PrimaryKey, later) },
            good with { Password = harness.Token(harness.Alpha, TimeSpan.FromMinutes(-6)) },
            good with { Password = good.Password!.Replace("&se=", "&se=x", StringComparison.Ordinal) },
            good with { UserName = "hub/edge-1/beta/?api-version=2021-04-12" },
            good with { UserName = "hub/edge-1/alpha" },
        ];

        foreach (RawConnect connect in bad)
        {
            await using RawClient client = await RawClient.ConnectAsync(connect, Cancel);
            Assert.Equal(MqttClientConnectResultCode.NotAuthorized, client.ConnectResult);
        }

        PrometheusText metrics = await harness.ReadMetricsAsync();
        Assert.Equal(
            bad.Length,
            metrics.Find("edgehub_client_connect_failed_total", ("id", "edge-1/alpha"), ("reason", "not_authenticated")));
        Assert.Equal(0, metrics.Find("edgehub_connected_clients"));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_token_is_taken_until_five_minutes_after_its_end()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        string token = harness.Token(harness.Alpha, TimeSpan.FromMinutes(-4));

        await using RawClient client = await RawClient.ConnectAsync(harness.ToEdgeHub(harness.Alpha) with { Password = token }, Cancel);

        Assert.Equal(MqttClientConnectResultCode.Success, client.ConnectResult);
    }

    [Fact(Timeout = 60_000)]
    public async Task Every_five_minutes_connections_with_expired_tokens_are_cut()
    {
        var time = new ObservedTime();
        await using BrokerHarness harness = await BrokerHarness.StartAsync(new BrokerSetup { Time = time }, TestContext.Current.CancellationToken);
        RawConnect brief = harness.ToEdgeHub(harness.Alpha) with { Password = harness.Token(harness.Alpha, TimeSpan.FromMinutes(10)) };
        await using RawClient alpha = await RawClient.ConnectAsync(brief, Cancel);
        await using RawClient beta = await harness.ConnectAsync(harness.Beta);

        time.Advance(TimeSpan.FromMinutes(10));
        _ = await alpha.ReadTwinAsync(quality: 0, Cancel);
        time.Advance(TimeSpan.FromMinutes(10));
        await alpha.Disconnected;

        Assert.False(beta.Disconnected.IsCompleted);
        _ = await beta.ReadTwinAsync(quality: 0, Cancel);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_second_connection_of_the_same_identity_closes_the_first()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        await using RawClient first = await harness.ConnectAsync(harness.Alpha);
        await using RawClient second = await harness.ConnectAsync(harness.Alpha);

        await first.Disconnected;

        _ = await second.ReadTwinAsync(quality: 1, Cancel);
        Assert.Equal(1, (await harness.ReadMetricsAsync()).Find("edgehub_connected_clients"));
    }

    [Fact(Timeout = 60_000)]
    public async Task MQTT_5_is_refused()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);

        await using RawClient client = await RawClient.ConnectAsync(
            harness.ToEdgeHub(harness.Alpha) with { Version = MqttProtocolVersion.V500 }, Cancel);

        Assert.Equal(MqttClientConnectResultCode.UnsupportedProtocolVersion, client.ConnectResult);
    }
}
