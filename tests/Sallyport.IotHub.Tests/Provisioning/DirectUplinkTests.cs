using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using MQTTnet.Protocol;
using Sallyport.Identity;
using Sallyport.IotHub.Provisioning;
using Sallyport.IotHub.Tests.Broker;

namespace Sallyport.IotHub.Tests.Provisioning;

/// <summary>The direct uplink from certificate to PUBACK, with a broker as the hub.</summary>
public sealed class DirectUplinkTests
{
    private static CancellationToken Over => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task A_message_arrives_as_one_of_the_device_and_no_password_is_sent()
    {
        await using DeviceRig rig = await DeviceRig.CreateAsync(Over);
        FakeProvisioner provisioner = Assigning(rig);
        DirectUplink uplink = Launch(rig, provisioner);
        Assert.Same(SendOutcome.NotConnected.Instance, await uplink.SendAsync(Rig.Message("early"), Over));
        await rig.UntilAsync(() => uplink.State == HubConnectionState.Connected);

        Assert.Same(SendOutcome.Acknowledged.Instance, await uplink.SendAsync(Rig.Message("m1"), Over));

        var connect = await rig.Broker.Connects.ReadAsync(Over);
        Assert.Equal(("gateway-1", $"{rig.Broker.Address}/gateway-1/?api-version=2021-04-12&DeviceClientType=Sallyport"), (connect.ClientId, connect.UserName));
        Assert.Null(connect.RawPassword);
        Assert.Equal("gateway-1", connect.ClientCertificate.GetNameInfo(System.Security.Cryptography.X509Certificates.X509NameType.SimpleName, false));
        Assert.Equal(1, rig.Broker.LastIssuers);
        Arrival arrival = await NextTelemetryAsync(rig);
        Assert.StartsWith("devices/gateway-1/messages/events/%24.mid=m1&", arrival.Topic, StringComparison.Ordinal);
        Assert.Equal(1, provisioner.Registrations);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_start_while_the_service_is_away_connects_to_the_last_hub()
    {
        await using DeviceRig rig = await DeviceRig.CreateAsync(Over);
        using DeviceCertificate before = rig.Authority.IssueDevice(DeviceRig.Device);
        await rig.Store().SaveAsync(new HubAssignment(rig.Broker.Address.ToString(), DeviceRig.Device), before.Thumbprint, Over);
        var provisioner = new FakeProvisioner();
        provisioner.Answers.Enqueue(_ => new ProvisioningOutcome.Unreachable("socket error TimedOut"));

        DirectUplink uplink = Launch(rig, provisioner);

        await rig.UntilAsync(() => uplink.State == HubConnectionState.Connected);
        Assert.Equal(1, provisioner.Registrations); // Another certificate than the last time, so it is asked.
    }

    [Fact(Timeout = 60_000)]
    public async Task The_same_certificate_as_the_last_time_needs_no_registration()
    {
        await using DeviceRig rig = await DeviceRig.CreateAsync(Over);
        DeviceCertificate own = rig.Authority.IssueDevice(DeviceRig.Device);
        await rig.Store().SaveAsync(new HubAssignment(rig.Broker.Address.ToString(), DeviceRig.Device), own.Thumbprint, Over);
        var provisioner = new FakeProvisioner();

        DirectUplink uplink = Launch(rig, provisioner, new FakeCertificates(() => own));

        await rig.UntilAsync(() => uplink.State == HubConnectionState.Connected);
        Assert.Equal(0, provisioner.Registrations);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_hub_that_refuses_the_device_three_times_makes_it_register_anew()
    {
        await using DeviceRig rig = await DeviceRig.CreateAsync(Over);
        FakeProvisioner provisioner = Assigning(rig);
        rig.Broker.ConnectAnswer = MqttConnectReasonCode.NotAuthorized;
        using MetricCollector<long> failures = new(rig.Meters, "Sallyport.IotHub", "sallyport.hub.authentication_failures");
        List<HubIncident> incidents = [];

        DirectUplink uplink = Launch(rig, provisioner, onIncident: incidents.Add);

        await rig.UntilAsync(() => provisioner.Registrations == 2, TimeSpan.FromMilliseconds(200));
        Assert.Equal(3, Rig.Sum(failures, "link", "direct"));
        HubIncident incident = Assert.Single(incidents);
        Assert.Equal(HubIncidentKind.AuthenticationFailures, incident.Kind);
        Assert.Contains("see whether 'gateway-1' is there and enabled", incident.Detail, StringComparison.Ordinal);
        rig.Broker.ConnectAnswer = MqttConnectReasonCode.Success;
        await rig.UntilAsync(() => uplink.State == HubConnectionState.Connected, TimeSpan.FromMilliseconds(200));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_hub_that_is_out_of_reach_for_long_makes_it_register_anew()
    {
        await using DeviceRig rig = await DeviceRig.CreateAsync(Over);
        FakeProvisioner provisioner = Assigning(rig);
        rig.Broker.ConnectAnswer = MqttConnectReasonCode.ServerUnavailable;
        DirectUplink uplink = Launch(rig, provisioner);
        await rig.UntilAsync(() => provisioner.Registrations == 1);
        await rig.UntilAsync(() => provisioner.Registrations == 2, TimeSpan.FromSeconds(5));
        Assert.NotEqual(HubConnectionState.Connected, uplink.State);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_service_that_refuses_is_an_incident_once_and_is_asked_again()
    {
        await using DeviceRig rig = await DeviceRig.CreateAsync(Over);
        var provisioner = new FakeProvisioner();
        provisioner.Answers.Enqueue(_ => ProvisioningOutcome.Disabled.Instance);
        List<HubIncident> incidents = [];
        using MetricCollector<long> registrations = new(rig.Meters, "Sallyport.IotHub", "sallyport.provisioning.registrations");

        Launch(rig, provisioner, onIncident: incidents.Add);

        await rig.UntilAsync(() => provisioner.Registrations == 4, TimeSpan.FromSeconds(1));
        HubIncident incident = Assert.Single(incidents);
        Assert.Equal(HubIncidentKind.ProvisioningRefused, incident.Kind);
        Assert.InRange(Rig.Sum(registrations, "outcome", "disabled"), 3, 4);
    }

    [Fact(Timeout = 60_000)]
    public async Task Falling_back_and_having_no_certificate_are_counted()
    {
        await using DeviceRig rig = await DeviceRig.CreateAsync(Over);
        var provisioner = new FakeProvisioner();
        provisioner.Answers.Enqueue(own => new ProvisioningOutcome.Assigned(
            new HubAssignment(rig.Broker.Address.ToString(), DeviceRig.Device), own[1], AssignmentChange.InitialAssignment, default));
        var certificates = new FakeCertificates(() => rig.Authority.IssueDevice(DeviceRig.Device), () => rig.Authority.IssueDevice(DeviceRig.Device))
        {
            Reason = "/certs/device.pem cannot be read",
        };
        using MetricCollector<long> fallbacks = new(rig.Meters, "Sallyport.IotHub", "sallyport.provisioning.fallbacks");
        using MetricCollector<long> failures = new(rig.Meters, "Sallyport.IotHub", "sallyport.provisioning.certificate_failures");
        DirectUplink uplink = Launch(rig, provisioner, certificates);
        await rig.UntilAsync(() => Rig.Sum(failures) == 2, TimeSpan.FromSeconds(1));

        certificates.Reason = null;
        await rig.UntilAsync(() => uplink.State == HubConnectionState.Connected, TimeSpan.FromSeconds(1));

        Assert.Equal(1, Rig.Sum(fallbacks));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_renewed_certificate_is_taken_within_a_minute_and_registered()
    {
        await using DeviceRig rig = await DeviceRig.CreateAsync(Over);
        FakeProvisioner provisioner = Assigning(rig);
        var certificates = new FakeCertificates(() => rig.Authority.IssueDevice(DeviceRig.Device));
        DirectUplink uplink = Launch(rig, provisioner, certificates);
        await rig.UntilAsync(() => uplink.State == HubConnectionState.Connected);
        string before = (await rig.Broker.Connects.ReadAsync(Over)).ClientCertificate.Thumbprint;

        certificates.LastChange = DateTime.UnixEpoch;
        DateTimeOffset changed = rig.Time.GetUtcNow();
        await rig.UntilAsync(() => provisioner.Registrations == 2, TimeSpan.FromSeconds(5));

        Assert.InRange((rig.Time.GetUtcNow() - changed).TotalSeconds, 30, 180); // The clock runs while others work.
        Assert.NotEqual(before, (await rig.Broker.Connects.ReadAsync(Over)).ClientCertificate.Thumbprint);
        await rig.UntilAsync(() => uplink.State == HubConnectionState.Connected);
        Assert.Contains(rig.Log.GetSnapshot(), line => line.Id.Id == 3412);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_change_that_leaves_the_certificate_as_it_was_leaves_the_connection_too()
    {
        await using DeviceRig rig = await DeviceRig.CreateAsync(Over);
        FakeProvisioner provisioner = Assigning(rig);
        using DeviceCertificate issued = rig.Authority.IssueDevice(DeviceRig.Device);
        byte[] kept = issued.Leaf.Export(System.Security.Cryptography.X509Certificates.X509ContentType.Pfx, "");
        var certificates = new FakeCertificates(() => new DeviceCertificate(
            System.Security.Cryptography.X509Certificates.X509CertificateLoader.LoadPkcs12(kept, ""), []));
        DirectUplink uplink = Launch(rig, provisioner, certificates);
        await rig.UntilAsync(() => uplink.State == HubConnectionState.Connected);

        certificates.LastChange = DateTime.UnixEpoch;
        await rig.UntilAsync(() => certificates.Readings == 2, TimeSpan.FromSeconds(1));
        certificates.Reason = "half written";
        certificates.LastChange = DateTime.MaxValue;
        await rig.UntilAsync(() => certificates.Readings == 3, TimeSpan.FromSeconds(1));

        Assert.Same(SendOutcome.Acknowledged.Instance, await uplink.SendAsync(Rig.Message("m1"), Over));
        Assert.Equal(1, provisioner.Registrations);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_stop_says_goodbye_and_a_reconnect_opens_another_connection()
    {
        await using DeviceRig rig = await DeviceRig.CreateAsync(Over);
        DirectUplink uplink = Launch(rig, Assigning(rig));
        Assert.False(uplink.Reconnect());
        await rig.UntilAsync(() => uplink.State == HubConnectionState.Connected);
        await rig.Broker.Connects.ReadAsync(Over);
        Assert.True(uplink.Reconnect());
        await rig.Broker.Connects.ReadAsync(Over);
        await rig.UntilAsync(() => uplink.State == HubConnectionState.Connected);
        await rig.StopAsync();
        Assert.NotEqual(HubConnectionState.Connected, uplink.State);
    }

    private static FakeProvisioner Assigning(DeviceRig rig)
    {
        var provisioner = new FakeProvisioner();
        provisioner.Answers.Enqueue(own => new ProvisioningOutcome.Assigned(
            new HubAssignment(rig.Broker.Address.ToString(), DeviceRig.Device), own[0], AssignmentChange.InitialAssignment, default));
        return provisioner;
    }

    private static DirectUplink Launch(
        DeviceRig rig, FakeProvisioner provisioner, FakeCertificates? certificates = null, Action<HubIncident>? onIncident = null)
    {
        var uplink = new DirectUplink(
            certificates ?? new FakeCertificates(() => rig.Authority.IssueDevice(DeviceRig.Device)),
            provisioner,
            rig.Store(),
            rig.Check,
            rig.RootsFile,
            new HubConnectionOptions(),
            new DirectUplinkMetrics(rig.Meters, rig.Time),
            rig.Time,
            rig.Logs);
        uplink.OnIncident(onIncident ?? (_ => { }));
        rig.Launch(uplink.RunAsync);
        return uplink;
    }

    private static async Task<Arrival> NextTelemetryAsync(DeviceRig rig)
    {
        while (true)
        {
            Arrival arrival = await rig.Broker.Arrivals.ReadAsync(Over);
            if (arrival.Topic.StartsWith("devices/", StringComparison.Ordinal))
            {
                return arrival;
            }
        }
    }
}
