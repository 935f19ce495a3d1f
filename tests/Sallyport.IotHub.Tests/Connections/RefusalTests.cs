using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using MQTTnet.Protocol;
using Sallyport.IotHub.Tests.Broker;

namespace Sallyport.IotHub.Tests.Connections;

/// <summary>Brokers that do not let us in, on a real socket.</summary>
public sealed class RefusalTests
{
    [Fact(Timeout = 30_000)]
    public async Task Refused_credentials_are_an_incident_at_the_third_time_and_the_waits_grow()
    {
        await using Rig rig = await Rig.CreateAsync(TestContext.Current.CancellationToken);
        using MetricCollector<long> failures = rig.Collect<long>("sallyport.hub.authentication_failures");
        rig.Broker.ConnectAnswer = MqttConnectReasonCode.NotAuthorized;
        rig.Launch();
        double[] waits = [2.5, 5, 10, 20, 40, 80, 150, 150];

        for (int attempt = 0; attempt < waits.Length; attempt++)
        {
            await rig.Broker.Connects.ReadAsync(rig.Over);
            await rig.UntilAsync(HubConnectionState.BackingOff);
            Assert.Equal(attempt + 1, Rig.Sum(failures));
            Assert.Equal(attempt switch { < 2 => 0, < 5 => 1, _ => 2 }, rig.Incidents.Count);
            rig.Time.Advance(TimeSpan.FromSeconds(waits[attempt] - 0.1));
            Assert.Equal(HubConnectionState.BackingOff, rig.Connection.State);
            rig.Time.Advance(TimeSpan.FromSeconds(0.1));
        }

        Assert.All(rig.Incidents, incident => Assert.Equal(HubIncidentKind.AuthenticationFailures, incident.Kind));
        rig.Broker.ConnectAnswer = MqttConnectReasonCode.Success;
        await rig.UntilAsync(() =>
        {
            rig.Time.Advance(TimeSpan.FromSeconds(10));
            return rig.Connection.State == HubConnectionState.Connected;
        });
    }

    [Fact(Timeout = 30_000)]
    public async Task A_broker_that_is_not_available_is_no_incident()
    {
        await using Rig rig = await Rig.CreateAsync(TestContext.Current.CancellationToken);
        rig.Broker.ConnectAnswer = MqttConnectReasonCode.ServerUnavailable;
        rig.Launch();

        for (int attempt = 0; attempt < 5; attempt++)
        {
            await rig.Broker.Connects.ReadAsync(rig.Over);
            await rig.UntilAsync(HubConnectionState.BackingOff);
            rig.Time.Advance(TimeSpan.FromSeconds(150));
        }

        Assert.Empty(rig.Incidents);
    }

    [Fact(Timeout = 30_000)]
    public async Task No_log_line_and_no_incident_ever_holds_a_token_or_a_key()
    {
        string credential = Rig.NewKey();
        await using Rig rig = await Rig.CreateAsync(TestContext.Current.CancellationToken, new RigOptions { Credential = credential });
        rig.Broker.ConnectAnswer = MqttConnectReasonCode.BadUserNameOrPassword;
        rig.Launch();
        var passwords = new List<string>();
        for (int attempt = 0; attempt < 4; attempt++)
        {
            passwords.Add((await rig.Broker.Connects.ReadAsync(rig.Over)).Password);
            await rig.UntilAsync(HubConnectionState.BackingOff);
            rig.Time.Advance(TimeSpan.FromSeconds(150));
        }

        await rig.StopAsync();

        string all = string.Join('\n', rig.Logs.GetSnapshot().Select(record => record.ToString()).Concat(rig.Incidents.Select(incident => incident.Detail)));
        Assert.DoesNotContain(credential[^20..], all, StringComparison.Ordinal);
        Assert.DoesNotContain("SharedAccess", all, StringComparison.Ordinal);
        Assert.All(passwords, password => Assert.DoesNotContain(password.Split("&sig=")[1][..20], all, StringComparison.Ordinal));
    }
}
