using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using MQTTnet;
using Sallyport.Manifest.Routing;
using Sallyport.Simulator.Provisioning;
using Sallyport.Simulator.Tests.Brokers;

namespace Sallyport.Simulator.Tests.Provisioning;

/// <summary>The provisioning service as a client sees it that knows nothing of it.</summary>
public sealed class ProvisioningServiceTests
{
    private const string Register = "$dps/registrations/PUT/iotdps-register/?$rid=";
    private const byte PublishPacket = 3;
    private const byte PubAckPacket = 4;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task A_device_of_the_group_is_assigned_after_two_waits_and_each_answer_follows_its_acknowledgement()
    {
        await using ProvisioningHarness harness = await ProvisioningHarness.StartAsync();
        harness.EnrolGroup();
        using X509Certificate2 certificate = harness.Issue();
        await using RawClient device = await ConnectAsync(harness, certificate);

        RawMessage first = await AskAsync(device, $"{Register}1");
        string operation = (string)first.Json["operationId"]!;
        RawMessage second = await AskAsync(device, Poll(2, operation));
        RawMessage last = await AskAsync(device, Poll(3, operation));

        Assert.Equal("$dps/registrations/res/202/?$rid=1&retry-after=0", first.Topic);
        Assert.Equal(("$dps/registrations/res/202/?$rid=2&retry-after=0", "assigning"), (second.Topic, (string?)second.Json["status"]));
        Assert.Equal(("$dps/registrations/res/200/?$rid=3", "assigned"), (last.Topic, (string?)last.Json["status"]));
        JsonNode state = last.Json["registrationState"]!;
        Assert.Equal((harness.Hub.HostName, ProvisioningHarness.Device), ((string?)state["assignedHub"], (string?)state["deviceId"]));
        byte[] order = [.. device.PacketsIn.Select(first => (byte)(first >> 4)).Where(type => type is PublishPacket or PubAckPacket)];
        Assert.Equal([PubAckPacket, PublishPacket, PubAckPacket, PublishPacket, PubAckPacket, PublishPacket], order);
    }

    [Fact(Timeout = 60_000)]
    public async Task An_individual_enrolment_counts_before_the_group_and_the_hub_takes_its_certificate_and_no_other()
    {
        await using ProvisioningHarness harness = await ProvisioningHarness.StartAsync();
        harness.EnrolGroup();
        using X509Certificate2 enrolled = harness.Issue();
        using X509Certificate2 other = harness.Issue();
        string thumbprint = enrolled.GetCertHashString(HashAlgorithmName.SHA256);
        harness.Service.Enrolments.Put(new Enrolment.Individual(ProvisioningHarness.Device, [thumbprint]) { DeviceId = "line-7" });

        RawMessage refused = await RegisterAsync(harness, other);
        RawMessage assigned = await RegisterAsync(harness, enrolled);

        Assert.Equal(("$dps/registrations/res/401/", 401002), (refused.Topic.Split('?')[0], (int)refused.Json["errorCode"]!));
        Assert.Equal("line-7", (string?)assigned.Json["registrationState"]!["deviceId"]);
        await using RawClient good = await RawClient.ConnectAsync(harness.ToHub(enrolled, "line-7"), Cancel);
        Assert.Equal(MqttClientConnectResultCode.Success, good.ConnectResult);
        await using RawClient bad = await RawClient.ConnectAsync(harness.ToHub(other, "line-7"), Cancel);
        Assert.Equal(MqttClientConnectResultCode.NotAuthorized, bad.ConnectResult);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_disabled_enrolment_a_foreign_certificate_and_no_enrolment_are_told_apart()
    {
        await using ProvisioningHarness harness = await ProvisioningHarness.StartAsync();
        using X509Certificate2 certificate = harness.Issue();
        using var foreign = new Simulator.Certificates.CertificateAuthority(TimeProvider.System, new Uri("http://127.0.0.1/"));
        using X509Certificate2 stranger = foreign.IssueClient(ProvisioningHarness.Device);

        Assert.StartsWith("$dps/registrations/res/404/", (await RegisterAsync(harness, certificate)).Topic, StringComparison.Ordinal);
        harness.EnrolGroup();
        Assert.Equal(401002, (int)(await RegisterAsync(harness, stranger)).Json["errorCode"]!);
        harness.Service.Enrolments.Disable("gateways");
        Assert.Equal("disabled", (string?)(await RegisterAsync(harness, certificate)).Json["status"]);
        Assert.False(harness.Hub.Identities.Knows(HubIdentity.Device(ProvisioningHarness.Device)));
    }

    [Fact(Timeout = 60_000)]
    public async Task Who_is_not_who_he_says_is_refused_at_CONNECT()
    {
        await using ProvisioningHarness harness = await ProvisioningHarness.StartAsync();
        harness.EnrolGroup();
        using X509Certificate2 certificate = harness.Issue();
        RawConnect good = harness.ToService(certificate);
        RawConnect[] bad =
        [
            good with { Certificate = null },
            good with { Password = "secret" },
            good with { ClientId = "gateway-2" },
            good with { UserName = "hub/gateway-1/?api-version=2021-04-12" },
            harness.ToService(certificate, "gateway-2"),
            harness.ToService(certificate, idScope: "0ne00000000"),
        ];
        foreach (RawConnect connect in bad)
        {
            await using RawClient client = await RawClient.ConnectAsync(connect, Cancel);
            Assert.Equal(MqttClientConnectResultCode.NotAuthorized, client.ConnectResult);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task An_error_that_is_ordered_comes_once_and_an_unknown_operation_is_not_found()
    {
        await using ProvisioningHarness harness = await ProvisioningHarness.StartAsync();
        harness.EnrolGroup();
        using X509Certificate2 certificate = harness.Issue();
        await using RawClient device = await ConnectAsync(harness, certificate);
        harness.Service.FailNext(429_001);
        Assert.Equal("$dps/registrations/res/429/?$rid=1&retry-after=0", (await AskAsync(device, $"{Register}1")).Topic);
        Assert.StartsWith("$dps/registrations/res/202/", (await AskAsync(device, $"{Register}2")).Topic, StringComparison.Ordinal);
        Assert.Equal("$dps/registrations/res/404/?$rid=3", (await AskAsync(device, Poll(3, "4.other"))).Topic);
    }

    private static string Poll(int request, string operation) => $"$dps/registrations/GET/iotdps-get-operationstatus/?$rid={request}&operationId={operation}";

    private static async Task<RawClient> ConnectAsync(ProvisioningHarness harness, X509Certificate2 certificate)
    {
        RawClient device = await RawClient.ConnectAsync(harness.ToService(certificate), Cancel);
        Assert.Equal(MqttClientConnectResultCode.Success, device.ConnectResult);
        await device.SubscribeAsync("$dps/registrations/res/#", 1, Cancel);
        return device;
    }

    private static async Task<RawMessage> RegisterAsync(ProvisioningHarness harness, X509Certificate2 certificate)
    {
        await using RawClient device = await ConnectAsync(harness, certificate);
        RawMessage answer = await AskAsync(device, $"{Register}1");
        for (int request = 2; (string?)answer.Json["status"] is "assigning"; request++)
        {
            answer = await AskAsync(device, Poll(request, (string)answer.Json["operationId"]!));
        }

        return answer;
    }

    private static async Task<RawMessage> AskAsync(RawClient device, string topic)
    {
        await device.PublishAsync(topic, "{}"u8.ToArray(), quality: 1, Cancel);
        return await device.Received.ReadAsync(Cancel);
    }
}
