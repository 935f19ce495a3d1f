using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Sallyport.Telemetry;

/// <summary>The closed vocabulary of the <c>msgType</c> property. Routes, tables and documents are compared with this file.</summary>
public sealed class MessageType
{
    private MessageType(string name, bool isAlert)
    {
        Name = name;
        IsAlert = isAlert;
    }

    /// <summary>Frames, and gaps in them.</summary>
    public static MessageType Telemetry { get; } = new("telemetry", isAlert: false);

    /// <summary>A device changed its state.</summary>
    public static MessageType Status { get; } = new("status", isAlert: false);

    /// <summary>Units, addresses and types of points.</summary>
    public static MessageType Metadata { get; } = new("metadata", isAlert: false);

    /// <summary>A security event.</summary>
    public static MessageType Security { get; } = new("security", isAlert: true);

    /// <summary>The result of a posture check.</summary>
    public static MessageType Posture { get; } = new("posture", isAlert: true);

    /// <summary>Somebody changed something.</summary>
    public static MessageType Audit { get; } = new("audit", isAlert: true);

    /// <summary>Diagnostics of a module.</summary>
    public static MessageType Diag { get; } = new("diag", isAlert: false);

    /// <summary>Metrics of a module.</summary>
    public static MessageType Metrics { get; } = new("metrics", isAlert: false);

    /// <summary>All there are.</summary>
    public static ImmutableArray<MessageType> All { get; } =
        [Telemetry, Status, Metadata, Security, Posture, Audit, Diag, Metrics];

    /// <summary>The value of the property.</summary>
    public string Name { get; }

    /// <summary>True for what has its own lane in the ring, so that telemetry cannot crowd it out.</summary>
    public bool IsAlert { get; }

    /// <summary>Finds the type with exactly this name.</summary>
    public static bool TryParse(string? name, [NotNullWhen(true)] out MessageType? type)
    {
        type = null;
        foreach (MessageType candidate in All)
        {
            if (string.Equals(candidate.Name, name, StringComparison.Ordinal))
            {
                type = candidate;
            }
        }

        return type is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
