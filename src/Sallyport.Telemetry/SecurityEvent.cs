using System.Collections.Immutable;

namespace Sallyport.Telemetry;

/// <summary>A security event, a posture result or an audit entry: <c>sallyport.event/1</c>.</summary>
/// <remarks>The members are the columns of <c>OtSecurityEvent_CL</c> and <c>OtPosture_CL</c>, first letter in lower case in JSON;
/// <c>title</c> is the column <c>Summary</c>.
/// The gateway's <c>DeviceId</c> is not among them: IoT Hub stamps it, which nobody on the gateway can forge.</remarks>
public sealed record SecurityEvent
{
    /// <summary>Name and major version in the <c>schema</c> member and property.</summary>
    public const string Schema = "sallyport.event/1";

    /// <summary>Stable and unique; a <see cref="SessionId"/> made for this event is one. A resend has the same.</summary>
    public required string EventId { get; init; }

    /// <summary>The stream it belongs to.</summary>
    public required EventKind Kind { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset TimeGenerated { get; init; }

    /// <summary>The module that says so.</summary>
    public required string ModuleId { get; init; }

    /// <summary>One word of a closed list per module, for example <c>ConfigurationChange</c>, <c>ModbusWrite</c>, <c>PostureCheck</c>.</summary>
    public required string EventType { get; init; }

    /// <summary>How urgent it is.</summary>
    public required EventSeverity Severity { get; init; }

    /// <summary>One sentence for people.</summary>
    public string? Title { get; init; }

    /// <summary>Who acted on the network.</summary>
    public string? SourceIp { get; init; }

    /// <summary>On whom.</summary>
    public string? DestinationIp { get; init; }

    /// <summary>0 to 65535.</summary>
    public int? DestinationPort { get; init; }

    /// <summary>The protocol that was spoken, for example <c>modbus</c>.</summary>
    public string? Protocol { get; init; }

    /// <summary>The function code that was used.</summary>
    public int? FunctionCode { get; init; }

    /// <summary>The posture check; given with <see cref="Result"/>.</summary>
    public string? CheckId { get; init; }

    /// <summary>What the posture check found.</summary>
    public PostureResult? Result { get; init; }

    /// <summary>MITRE ATT&amp;CK technique ids, for example <c>T0855</c>.</summary>
    public ImmutableArray<string> Attack { get; init; } = [];

    /// <summary>Everything else, by name: <c>details</c>, and for posture results <c>evidence</c>. Finite values only.</summary>
    public ImmutableSortedDictionary<string, PointValue> Details { get; init; } =
        ImmutableSortedDictionary.Create<string, PointValue>(StringComparer.Ordinal);
}
