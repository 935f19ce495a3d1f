using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Sallyport.Simulator;

/// <summary>What to simulate.</summary>
internal sealed record EdgeSimulationOptions
{
    /// <summary>Content of the deployment manifest or template.</summary>
    public required string Manifest { get; init; }

    /// <summary>Values of placeholders; they win over those that the simulation knows itself.</summary>
    public ImmutableDictionary<string, string> Placeholders { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Programs to start in place of the built ones, by module name.</summary>
    public ImmutableDictionary<string, string> Programs { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The programs that were compiled ahead of time are started, one when the one before listens, and measured.</summary>
    public bool IsAheadOfTime { get; init; }

    /// <summary>A real device, <c>host:port</c>; null starts the built-in plant.</summary>
    public string? ModbusDevice { get; init; }

    /// <summary>Modules get a connection string, as from iotedgehubdev, rather than a workload API.</summary>
    public bool IsHubDevelopment { get; init; }

    /// <summary>Where volumes and identities stay from run to run; null is a folder that goes with the simulation.</summary>
    public string? StateFolder { get; init; }

    /// <summary>Modules whose data folder is a small disk of its own, and whether that is full before they start. Needs root.</summary>
    public FrozenDictionary<string, bool> Disks { get; init; } = FrozenDictionary<string, bool>.Empty;

    /// <summary>Gets what modules have encrypted with the workload API.</summary>
    public Action<ReadOnlyMemory<byte>>? OnEncrypted { get; init; }

    /// <summary>SecureBuffer sends past edgeHub, as a device of its own.</summary>
    public bool IsUplinkDirect { get; init; }

    /// <summary>That device has the identity that CertificateManager keeps, with the keys of the gateway.</summary>
    public bool IsIdentityManaged { get; init; }

    /// <summary>The first certificate of that device runs out within the run.</summary>
    public bool IsDirectShortLived { get; init; }

    /// <summary>The clock of the modules can be set. Needs libfaketime.</summary>
    public bool HasModuleClock { get; init; }

    /// <summary>The uplink is cut from the start, before any module could ask for its twin.</summary>
    public bool StartsOffline { get; init; }
}
