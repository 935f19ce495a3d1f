using System.Collections.Immutable;
using System.Security.Cryptography;
using Sallyport.IotHub;
using Sallyport.Telemetry;

namespace Sallyport.Hosting.Hub;

/// <summary>Turns incidents of the connection into security events.</summary>
/// <param name="identity">Who says so.</param>
/// <param name="events">Asked for when the first incident comes: the usual sink needs the connection itself.</param>
/// <param name="time">Makes the event ids.</param>
public sealed class IncidentRelay(ModuleIdentity identity, Func<IEventSink> events, TimeProvider time)
{
    /// <summary>Raises the event. Called from the connection's loop; returns at once.</summary>
    public void Relay(HubIncident incident) => events().Raise(new SecurityEvent
    {
        EventId = SessionId.New(time, RandomNumberGenerator.Fill),
        Kind = EventKind.Security,
        TimeGenerated = incident.At,
        ModuleId = identity.ModuleId,
        EventType = incident.Kind.ToString(),
        Severity = Severity(incident.Kind),
        Title = incident.Detail,
        Protocol = "mqtt",
        Attack = Technique(incident.Kind),
    });

    private static EventSeverity Severity(HubIncidentKind kind) => kind switch
    {
        HubIncidentKind.Takeover or HubIncidentKind.CertificateRefused => EventSeverity.High,
        HubIncidentKind.AuthenticationFailures or HubIncidentKind.TokenEnding or HubIncidentKind.ProvisioningRefused => EventSeverity.Medium,
        _ => EventSeverity.Low,
    };

    // Adversary-in-the-Middle, and Valid Accounts: what these incidents would mean if somebody meant them.
    private static ImmutableArray<string> Technique(HubIncidentKind kind) => kind switch
    {
        HubIncidentKind.CertificateRefused => ["T0830"],
        HubIncidentKind.Takeover => ["T0859"],
        _ => [],
    };
}
