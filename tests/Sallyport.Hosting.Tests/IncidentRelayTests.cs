using Microsoft.Extensions.Time.Testing;
using Sallyport.Hosting.Hub;
using Sallyport.IotHub;
using Sallyport.Telemetry;

namespace Sallyport.Hosting.Tests;

public sealed class IncidentRelayTests
{
    [Theory]
    [InlineData(HubIncidentKind.AuthenticationFailures, EventSeverity.Medium)]
    [InlineData(HubIncidentKind.CertificateRefused, EventSeverity.High)]
    [InlineData(HubIncidentKind.Takeover, EventSeverity.High)]
    [InlineData(HubIncidentKind.WatchdogRestart, EventSeverity.Low)]
    [InlineData(HubIncidentKind.TokenEnding, EventSeverity.Medium)]
    public void Every_incident_becomes_a_security_event_as_documented(HubIncidentKind kind, EventSeverity severity)
    {
        var sink = new RecordingEventSink();
        var at = new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);
        var relay = new IncidentRelay(
            new ModuleIdentity("gw-0001", "ModbusReader", "hub.example", "1"), () => sink, new FakeTimeProvider(at));
        relay.Relay(new HubIncident(kind, at, "What happened."));
        SecurityEvent raised = Assert.Single(sink.Raised);
        Assert.Equal((EventKind.Security, kind.ToString(), severity), (raised.Kind, raised.EventType, raised.Severity));
        Assert.Equal((at, "What happened.", "ModbusReader"), (raised.TimeGenerated, raised.Title, raised.ModuleId));
    }
}
