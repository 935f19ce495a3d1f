using System.Collections.Immutable;
using System.Security.Cryptography;
using Sallyport.Telemetry;

namespace Sallyport.Hosting.Events;

/// <summary>Raises events of the module itself: numbered, dated and signed with its name.</summary>
/// <param name="sink">Takes them.</param>
/// <param name="identity">Of this module.</param>
/// <param name="time">Dates them.</param>
public sealed class ModuleEvents(IEventSink sink, ModuleIdentity identity, TimeProvider time)
{
    /// <summary>No details.</summary>
    public static ImmutableSortedDictionary<string, PointValue> None { get; } = ImmutableSortedDictionary.Create<string, PointValue>(StringComparer.Ordinal);

    /// <summary>Something that the security officer has to know.</summary>
    public void Security(string type, EventSeverity severity, string title, ImmutableSortedDictionary<string, PointValue> details) =>
        Raise(EventKind.Security, type, severity, title, details);

    /// <summary>Who did what.</summary>
    public void Audit(string type, EventSeverity severity, string title, ImmutableSortedDictionary<string, PointValue> details) =>
        Raise(EventKind.Audit, type, severity, title, details);

    /// <summary>What a posture check found.</summary>
    public void Posture(string checkId, PostureResult result, EventSeverity severity, string title, ImmutableSortedDictionary<string, PointValue> evidence) =>
        sink.Raise(New(EventKind.Posture, "PostureCheck", severity, title, evidence) with { CheckId = checkId, Result = result });

    private void Raise(EventKind kind, string type, EventSeverity severity, string title, ImmutableSortedDictionary<string, PointValue> details) =>
        sink.Raise(New(kind, type, severity, title, details));

    private SecurityEvent New(EventKind kind, string type, EventSeverity severity, string title, ImmutableSortedDictionary<string, PointValue> details) =>
        new()
        {
            EventId = SessionId.New(time, RandomNumberGenerator.Fill),
            Kind = kind,
            TimeGenerated = time.GetUtcNow(),
            ModuleId = identity.ModuleId,
            EventType = type,
            Severity = severity,
            Title = title,
            Details = details,
        };
}
