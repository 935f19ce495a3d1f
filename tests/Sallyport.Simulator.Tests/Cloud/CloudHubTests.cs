using System.Collections.Frozen;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using MQTTnet;
using Sallyport.Manifest.Routing;
using Sallyport.Simulator.Cloud;
using Sallyport.Simulator.Tests.Brokers;
using Sallyport.Telemetry;

namespace Sallyport.Simulator.Tests.Cloud;

/// <summary>IoT Hub as a device sees it that connects without edgeHub.</summary>
public sealed class CloudHubTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task A_device_with_a_token_sends_a_message()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        await using RawClient device = await RawClient.ConnectAsync(harness.ToHub(harness.Device), Cancel);

        await device.SendAsync("%24.mid=m1&%24.ct=application%2Fjson&a=b", "{}", Cancel);

        CloudMessage message = await harness.ReceiveAsync();
        Assert.Equal(("edge-1", string.Empty, "m1", "b"), (message.DeviceId, message.ModuleId, message.Message.MessageId, message.Message.Properties["a"]));
        Assert.Equal("application/json", message.SystemProperties["$.ct"]);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_device_with_a_certificate_of_the_authority_is_let_in()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        using X509Certificate2 certificate = harness.Authority.IssueClient(BrokerHarness.DeviceId);
        RawConnect connect = harness.ToHub(harness.Device) with { Password = null, Certificate = certificate };

        await using RawClient device = await RawClient.ConnectAsync(connect, Cancel);

        Assert.Equal(MqttClientConnectResultCode.Success, device.ConnectResult);
    }

    [Fact(Timeout = 60_000)]
    public async Task Other_certificates_and_unknown_or_disabled_devices_are_refused()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        using X509Certificate2 other = harness.Authority.IssueClient("edge-2");
        using X509Certificate2 server = harness.Authority.IssueServer(BrokerHarness.DeviceId).Leaf;
        using var foreign = new Simulator.Certificates.CertificateAuthority(TimeProvider.System, new Uri("http://127.0.0.1/"));
        using X509Certificate2 stranger = foreign.IssueClient(BrokerHarness.DeviceId);
        RegisteredIdentity disabled = harness.Hub.AddDevice("edge-3");
        harness.Hub.Identities.Disable(disabled.Identity);
        RawConnect good = harness.ToHub(harness.Device);
        RawConnect[] bad =
        [
            good with { Password = null },
            good with { Password = null, Certificate = other },
            good with { Password = null, Certificate = stranger },
            harness.ToHub(disabled),
            harness.ToHub(disabled with { Identity = HubIdentity.Device("edge-4") }),
        ];

        foreach (RawConnect connect in bad)
        {
            await using RawClient client = await RawClient.ConnectAsync(connect, Cancel);
            Assert.Equal(MqttClientConnectResultCode.NotAuthorized, client.ConnectResult);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task Reported_properties_are_answered_with_their_version()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        await using RawClient device = await RawClient.ConnectAsync(harness.ToHub(harness.Device), Cancel);

        Assert.Equal("$iothub/twin/res/204/?$rid=report-1&$version=2", (await device.ReportAsync("""{"a":1}""", Cancel)).Topic);
        Assert.Equal("$iothub/twin/res/400/?$rid=report-2", (await device.ReportAsync("[]", Cancel)).Topic);
        Assert.Equal(1, (int)(await device.ReadTwinAsync(quality: 1, Cancel)).Json["reported"]!["a"]!);
    }

    [Fact(Timeout = 60_000)]
    public async Task Desired_properties_can_be_patched_and_replaced()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        await using RawClient device = await RawClient.ConnectAsync(harness.ToHub(harness.Device), Cancel);
        _ = await device.SubscribeAsync("$iothub/twin/PATCH/properties/desired/#", 1, Cancel);
        HubIdentity identity = harness.Device.Identity;

        _ = harness.Hub.UpdateDesired(identity, new JsonObject { ["a"] = 1, ["b"] = 2 });
        Assert.Equal("""{"a":1,"b":2,"$version":2}""", (await device.Received.ReadAsync(Cancel)).Text);
        _ = harness.Hub.ReplaceDesired(identity, new JsonObject { ["b"] = 3 });

        Assert.Equal("""{"b":3,"a":null,"$version":3}""", (await device.Received.ReadAsync(Cancel)).Text);
        Assert.Equal("""{"$version":3,"b":3}""", harness.Hub.ReadTwin(identity)["desired"]!.ToJsonString());
    }

    [Fact(Timeout = 60_000)]
    public async Task A_method_of_a_device_is_called_directly()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        await using RawClient device = await RawClient.ConnectAsync(harness.ToHub(harness.Device), Cancel);
        _ = await device.SubscribeAsync("$iothub/methods/POST/#", 0, Cancel);

        Task<MethodResult> calling =
            harness.Hub.InvokeMethodAsync(harness.Device.Identity, new MethodCall("ping", ReadOnlyMemory<byte>.Empty), Cancel);
        RawMessage request = await device.Received.ReadAsync(Cancel);
        await device.PublishAsync($"$iothub/methods/res/200/?$rid={request.Topic.Split("$rid=")[1]}", "1"u8.ToArray(), 0, Cancel);

        Assert.Equal(200, (await calling).Status);
    }

    [Fact(Timeout = 60_000)]
    public async Task Messages_to_a_device_wait_until_it_comes_and_are_repeated_until_acknowledged()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        harness.Hub.SendToDevice(BrokerHarness.DeviceId, Message("1"));
        harness.Hub.SendToDevice(BrokerHarness.DeviceId, Message("2"));
        const string filter = $"devices/{BrokerHarness.DeviceId}/messages/devicebound/#";
        await using (RawClient first = await RawClient.ConnectAsync(harness.ToHub(harness.Device), Cancel))
        {
            first.AcknowledgesAtOnce = false;
            _ = await first.SubscribeAsync(filter, 1, Cancel);
            Assert.Equal("1", (await first.Received.ReadAsync(Cancel)).Text);
        }

        await using RawClient second = await RawClient.ConnectAsync(harness.ToHub(harness.Device), Cancel);

        RawMessage again = await second.Received.ReadAsync(Cancel);
        Assert.Equal("1", again.Text);
        Assert.StartsWith("devices/edge-1/messages/devicebound/%24.mid=1&", again.Topic, StringComparison.Ordinal);
        Assert.Contains("&name=value", again.Topic, StringComparison.Ordinal);
        Assert.Equal("2", (await second.Received.ReadAsync(Cancel)).Text);
    }

    [Fact]
    public void At_most_fifty_messages_wait_for_a_device()
    {
        var mailbox = new DeviceMailbox("device-1");
        for (int count = 0; count < DeviceMailbox.Capacity; count++)
        {
            mailbox.Add(Message("x"));
        }

        Assert.Throws<InvalidOperationException>(() => mailbox.Add(Message("x")));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("devices/edge-2/messages/events/")]
    [InlineData("devices/edge-1/inputs/x")]
    [InlineData("$iothub/twin/GET/?$rid=")]
    public async Task A_topic_that_IoT_Hub_does_not_know_closes_the_connection(string topic)
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        await using RawClient device = await RawClient.ConnectAsync(harness.ToHub(harness.Device), Cancel);

        await Assert.ThrowsAnyAsync<Exception>(() => device.PublishAsync(topic, ReadOnlyMemory<byte>.Empty, quality: 1, Cancel));

        await device.Disconnected;
    }

    private static HubMessage Message(string text) => new()
    {
        MessageId = text,
        Body = Encoding.UTF8.GetBytes(text),
        Properties = new Dictionary<string, string>(StringComparer.Ordinal) { ["name"] = "value" }.ToFrozenDictionary(),
    };
}
