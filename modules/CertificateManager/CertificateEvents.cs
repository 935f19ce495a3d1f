using System.Collections.Immutable;
using System.Security.Cryptography;
using Sallyport.Hosting;
using Sallyport.Telemetry;

namespace Sallyport.CertificateManager;

/// <summary>Raises the module's own events.</summary>
internal sealed class CertificateEvents(IEventSink sink, ModuleIdentity identity, TimeProvider time)
{
    /// <summary>No details.</summary>
    public static ImmutableSortedDictionary<string, PointValue> None { get; } = ImmutableSortedDictionary.Create<string, PointValue>(StringComparer.Ordinal);

    public void Security(string type, EventSeverity severity, string title, ImmutableSortedDictionary<string, PointValue> details) =>
        Raise(EventKind.Security, type, severity, title, details);

    public void Audit(string type, EventSeverity severity, string title, ImmutableSortedDictionary<string, PointValue> details) =>
        Raise(EventKind.Audit, type, severity, title, details);

    private void Raise(EventKind kind, string type, EventSeverity severity, string title, ImmutableSortedDictionary<string, PointValue> details) =>
        sink.Raise(new SecurityEvent
        {
            EventId = SessionId.New(time, RandomNumberGenerator.Fill),
            Kind = kind,
            TimeGenerated = time.GetUtcNow(),
            ModuleId = identity.ModuleId,
            EventType = type,
            Severity = severity,
            Title = title,
            Details = details,
        });
}
