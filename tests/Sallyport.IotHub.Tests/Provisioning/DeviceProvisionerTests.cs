using System.Text;
using MQTTnet.Protocol;
using Sallyport.Identity;
using Sallyport.IotHub.Provisioning;
using Sallyport.IotHub.Tests.Broker;

namespace Sallyport.IotHub.Tests.Provisioning;

/// <summary>Registrations over a real socket, with answers as the provisioning service gives them.</summary>
public sealed class DeviceProvisionerTests
{
    private const string Assigning = """{"operationId":"4.op","status":"assigning"}""";

    private const string Assigned =
        """{"operationId":"4.op","status":"assigned","registrationState":{"assignedHub":"hub-1.azure-devices.net","deviceId":"gateway-1","substatus":"initialAssignment"}}""";

    private static CancellationToken Over => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task A_device_registers_waits_as_it_is_told_and_gets_its_hub()
    {
        await using DeviceRig rig = await DeviceRig.CreateAsync(Over);
        using DeviceCertificate own = rig.Authority.IssueDevice(DeviceRig.Device);
        rig.Answers.Enqueue(("202", "&retry-after=3", Assigning));
        rig.Answers.Enqueue(("202", "&retry-after=1", Assigning));
        rig.Answers.Enqueue(("200", "", Assigned));

        var assigned = Assert.IsType<ProvisioningOutcome.Assigned>(await rig.RegisterAsync(rig.Provisioner(), own));

        Assert.Equal(new HubAssignment("hub-1.azure-devices.net", "gateway-1"), assigned.Assignment);
        Assert.Equal((own, AssignmentChange.InitialAssignment), (assigned.Certificate, assigned.Change));
        var connect = await rig.Broker.Connects.ReadAsync(Over);
        Assert.Equal((DeviceRig.Device, own.Thumbprint), (connect.ClientId, connect.ClientCertificate?.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256)));
        Assert.Equal("0ne00000A0A/registrations/gateway-1/api-version=2019-03-31&ClientVersion=Sallyport", connect.UserName);
        Assert.Null(connect.RawPassword);
        Assert.True(connect.CleanSession);
        Assert.Equal(1, rig.Broker.LastIssuers);
        Arrival[] requests = [await rig.Broker.Arrivals.ReadAsync(Over), await rig.Broker.Arrivals.ReadAsync(Over), await rig.Broker.Arrivals.ReadAsync(Over)];
        Assert.Equal("""{"registrationId":"gateway-1"}""", requests[0].Text);
        Assert.Equal(
            [
                "$dps/registrations/PUT/iotdps-register/?$rid=1",
                "$dps/registrations/GET/iotdps-get-operationstatus/?$rid=2&operationId=4.op",
                "$dps/registrations/GET/iotdps-get-operationstatus/?$rid=3&operationId=4.op",
            ],
            requests.Select(request => request.Topic));
        Assert.All(requests, request => Assert.Equal(1, request.Quality));
        Assert.Equal(
            [
                new ProvisioningStep.Connecting(rig.Broker.Address.ToString(), own.ToString()),
                ProvisioningStep.Connected.Instance,
                new ProvisioningStep.Registering(DeviceRig.Device),
                new ProvisioningStep.Assigning("4.op", TimeSpan.FromSeconds(3.3)),
                new ProvisioningStep.Assigning("4.op", TimeSpan.FromSeconds(2.2)),
            ],
            rig.Steps);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_custom_payload_goes_along_and_one_of_the_service_comes_back()
    {
        await using DeviceRig rig = await DeviceRig.CreateAsync(Over);
        using DeviceCertificate own = rig.Authority.IssueDevice(DeviceRig.Device);
        rig.Answers.Enqueue(("200", "", Assigned.Replace("\"substatus\"", "\"payload\":[1],\"substatus\"", StringComparison.Ordinal)));

        DeviceProvisioner provisioner = rig.Provisioner(rig.Target() with { Payload = """{"line":7}"""u8.ToArray() });
        var assigned = Assert.IsType<ProvisioningOutcome.Assigned>(await rig.RegisterAsync(provisioner, own));

        Assert.Equal("""{"registrationId":"gateway-1","payload":{"line":7}}""", (await rig.Broker.Arrivals.ReadAsync(Over)).Text);
        Assert.Equal("[1]", Encoding.UTF8.GetString(assigned.Payload.Span));
    }

    [Theory(Timeout = 60_000)]
    [InlineData(400, """{"errorCode":400004}""", 400004, "the request is not valid")]
    [InlineData(404, """{"errorCode":404201,"trackingId":"abc-1"}""", 404201, "no such ID scope")]
    [InlineData(405, "{}", 405, "does not know this version")]
    [InlineData(409, "{}", 409, "somebody else registers")]
    [InlineData(412, "{}", 412, "register again")]
    [InlineData(415, "{}", 415, "one JSON value")]
    [InlineData(418, "{}", 418, "not known here")]
    [InlineData(200, """{"status":"failed","registrationState":{"errorCode":400209}}""", 400209, "Azure Function")]
    [InlineData(200, """{"status":"unassigned"}""", 200, "see the device's registration in the portal")]
    [InlineData(200, "no JSON", 200, "see the device's registration in the portal")]
    public async Task What_only_a_person_can_mend_fails_with_words_that_say_how(int status, string body, int code, string words)
    {
        await using DeviceRig rig = await DeviceRig.CreateAsync(Over);
        using DeviceCertificate own = rig.Authority.IssueDevice(DeviceRig.Device);
        rig.Answers.Enqueue(($"{status}", "", body));

        var failed = Assert.IsType<ProvisioningOutcome.Failed>(await rig.RegisterAsync(rig.Provisioner(), own));

        Assert.Equal(code, failed.Code);
        Assert.Contains(words, failed.Words, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_disabled_enrolment_is_told_apart()
    {
        await using DeviceRig rig = await DeviceRig.CreateAsync(Over);
        using DeviceCertificate own = rig.Authority.IssueDevice(DeviceRig.Device);
        rig.Answers.Enqueue(("200", "", """{"operationId":"4.op","status":"disabled","registrationState":{"status":"disabled"}}"""));
        Assert.IsType<ProvisioningOutcome.Disabled>(await rig.RegisterAsync(rig.Provisioner(), own));
    }

    [Theory(Timeout = 60_000)]
    [InlineData(429, 30, 33)]
    [InlineData(503, 1, 2.2)]
    public async Task A_service_without_time_says_when_to_come_again(int status, int retryAfter, double wait)
    {
        await using DeviceRig rig = await DeviceRig.CreateAsync(Over);
        using DeviceCertificate own = rig.Authority.IssueDevice(DeviceRig.Device);
        rig.Answers.Enqueue(($"{status}", $"&retry-after={retryAfter}", """{"errorCode":1}"""));

        var busy = Assert.IsType<ProvisioningOutcome.Busy>(await rig.RegisterAsync(rig.Provisioner(), own));

        Assert.Equal((status, TimeSpan.FromSeconds(wait)), (busy.Code, busy.RetryAfter));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_service_that_has_no_time_for_a_question_is_asked_again()
    {
        await using DeviceRig rig = await DeviceRig.CreateAsync(Over);
        using DeviceCertificate own = rig.Authority.IssueDevice(DeviceRig.Device);
        rig.Answers.Enqueue(("202", "&retry-after=2", Assigning));
        rig.Answers.Enqueue(("429", "&retry-after=5", """{"errorCode":429001}"""));
        rig.Answers.Enqueue(("200", "", Assigned));

        Assert.IsType<ProvisioningOutcome.Assigned>(await rig.RegisterAsync(rig.Provisioner(), own));

        Assert.Contains(new ProvisioningStep.Throttled(429, TimeSpan.FromSeconds(5.5)), rig.Steps);
    }

    [Fact(Timeout = 60_000)]
    public async Task The_certificate_before_is_tried_when_the_new_one_is_refused()
    {
        await using DeviceRig rig = await DeviceRig.CreateAsync(Over);
        using DeviceCertificate current = rig.Authority.IssueDevice(DeviceRig.Device);
        using DeviceCertificate previous = rig.Authority.IssueDevice(DeviceRig.Device);
        rig.Answers.Enqueue(("401", "", """{"errorCode":401002,"trackingId":"abc-1"}"""));
        rig.Answers.Enqueue(("200", "", Assigned));

        var assigned = Assert.IsType<ProvisioningOutcome.Assigned>(await rig.RegisterAsync(rig.Provisioner(), current, previous));

        Assert.Same(previous, assigned.Certificate);
        var fallingBack = Assert.Single(rig.Steps.OfType<ProvisioningStep.FallingBack>());
        Assert.EndsWith("(code 401002, tracking id abc-1)", fallingBack.Words, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_refusal_at_CONNECT_says_what_our_own_certificate_looks_like()
    {
        await using DeviceRig rig = await DeviceRig.CreateAsync(Over);
        using DeviceCertificate good = rig.Authority.IssueDevice(DeviceRig.Device);
        using DeviceCertificate expired = rig.Authority.IssueDevice(DeviceRig.Device, fromDays: -8, untilDays: -1);
        using DeviceCertificate early = rig.Authority.IssueDevice(DeviceRig.Device, fromDays: 1);
        rig.Broker.ConnectAnswer = MqttConnectReasonCode.NotAuthorized;

        Assert.Contains("see whether 'gateway-1' is there and enabled", await WordsAsync(rig, good), StringComparison.Ordinal);
        Assert.Contains("expired at", await WordsAsync(rig, expired), StringComparison.Ordinal);
        Assert.Contains("set this machine's clock", await WordsAsync(rig, early), StringComparison.Ordinal);
        rig.Revocation = "our own certificate is on the list of our authority";
        Assert.EndsWith(rig.Revocation, await WordsAsync(rig, good), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_certificate_for_another_name_is_not_even_shown()
    {
        await using DeviceRig rig = await DeviceRig.CreateAsync(Over);
        using DeviceCertificate other = rig.Authority.IssueDevice("gateway-2");
        Assert.Contains("is not the registration id 'gateway-1'", await WordsAsync(rig, other), StringComparison.Ordinal);
        Assert.False(rig.Broker.Connects.TryRead(out _));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_service_that_is_not_there_not_available_or_not_trusted_is_unreachable()
    {
        await using DeviceRig rig = await DeviceRig.CreateAsync(Over);
        using DeviceCertificate own = rig.Authority.IssueDevice(DeviceRig.Device);
        rig.Broker.ConnectAnswer = MqttConnectReasonCode.ServerUnavailable;
        Assert.Equal("CONNACK says ServerUnavailable", await UnreachableAsync(rig, own));
        using var stranger = new TestAuthority(rig.Time.GetUtcNow());
        await File.WriteAllTextAsync(rig.RootsFile, stranger.TrustBundle, Over);
        Assert.StartsWith("it is not trusted (", await UnreachableAsync(rig, own), StringComparison.Ordinal);
        await File.WriteAllTextAsync(rig.RootsFile, "", Over);
        Assert.EndsWith("holds no certificate in PEM.", await UnreachableAsync(rig, own), StringComparison.Ordinal);
        await File.WriteAllTextAsync(rig.RootsFile, rig.Authority.TrustBundle, Over);
        await rig.Broker.DisposeAsync();
        Assert.StartsWith("socket error", await UnreachableAsync(rig, own), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_service_that_never_answers_ends_at_the_limit()
    {
        await using DeviceRig rig = await DeviceRig.CreateAsync(Over);
        using DeviceCertificate own = rig.Authority.IssueDevice(DeviceRig.Device);
        Task<ProvisioningOutcome> registering = rig.Provisioner().RegisterAsync([own], Over);
        await rig.Broker.Arrivals.ReadAsync(Over);
        await rig.UntilAsync(() => registering.IsCompleted, TimeSpan.FromSeconds(10));
        Assert.Equal("no assignment in time", Assert.IsType<ProvisioningOutcome.Unreachable>(await registering).Words);
    }

    private static async Task<string> WordsAsync(DeviceRig rig, DeviceCertificate own) =>
        Assert.IsType<ProvisioningOutcome.Unauthorized>(await rig.RegisterAsync(rig.Provisioner(), own)).Words;

    private static async Task<string> UnreachableAsync(DeviceRig rig, DeviceCertificate own) =>
        Assert.IsType<ProvisioningOutcome.Unreachable>(await rig.RegisterAsync(rig.Provisioner(), own)).Words;
}
