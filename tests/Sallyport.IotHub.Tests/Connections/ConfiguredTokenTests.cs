using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Sallyport.IotHub.Tests.Broker;

namespace Sallyport.IotHub.Tests.Connections;

/// <summary>A token from the connection string, which only a person can replace.</summary>
public sealed class ConfiguredTokenTests
{
    [Fact(Timeout = 30_000)]
    public async Task It_is_reported_when_it_ends_soon_and_when_it_has_ended_and_connecting_goes_on()
    {
        long end = TimeProvider.System.GetUtcNow().AddHours(25).ToUnixTimeSeconds();
        await using Rig rig = await Rig.ConnectAsync(TestContext.Current.CancellationToken, new RigOptions { Credential = Token(end) });
        using MetricCollector<double> remaining = rig.Collect<double>("sallyport.sas.remaining");
        remaining.RecordObservableInstruments();
        Assert.Equal("configuration", remaining.LastMeasurement!.Tags["kind"]);
        Assert.InRange(remaining.LastMeasurement.Value, (25 * 3600) - 60, 25 * 3600);
        Assert.Empty(rig.Incidents);

        rig.Time.Advance(TimeSpan.FromHours(2));
        await rig.UntilAsync(() => rig.Incidents.Count == 1);
        rig.Time.Advance(TimeSpan.FromHours(24));
        await rig.UntilAsync(() => rig.Incidents.Count == 2);

        Assert.All(rig.Incidents, incident => Assert.Equal(HubIncidentKind.TokenEnding, incident.Kind));
        Assert.Contains("expired", rig.Incidents.Last().Detail, StringComparison.Ordinal);
        remaining.RecordObservableInstruments();
        Assert.Equal(0, remaining.LastMeasurement.Value);

        await rig.Broker.CloseAsync(Rig.ClientId);
        await rig.UntilAsync(HubConnectionState.BackingOff);
        await rig.ReconnectAsync();
        string first = (await rig.Broker.Connects.ReadAsync(rig.Over)).Password;
        Assert.Equal(first, (await rig.Broker.Connects.ReadAsync(rig.Over)).Password);
    }

    private static string Token(long end) =>
        $"SharedAccessSignature=SharedAccessSignature sr=hub.test&sig={Uri.EscapeDataString(Convert.ToBase64String(new byte[32]))}&se={end}";
}
