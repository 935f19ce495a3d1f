using System.Collections.Immutable;
using Sallyport.Simulator.Faults;

namespace Sallyport.Simulator.Terminal;

/// <summary>What the command line asks for.</summary>
internal sealed record SimulatorOptions
{
    /// <summary>The manifest; null takes deployment.template.json of the repository.</summary>
    public string? ManifestFile { get; init; }

    /// <summary>Length of the run; null runs until it is stopped.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Compare what arrived with what the plant gave out, and let the exit code tell.</summary>
    public bool IsCheck { get; init; }

    /// <summary>What breaks, and when.</summary>
    public ImmutableArray<FaultSpecification> Faults { get; init; } = [];

    /// <summary>Modules get a connection string, as from iotedgehubdev, rather than a workload API.</summary>
    public bool IsHubDevelopment { get; init; }

    /// <summary>SecureBuffer sends past edgeHub, as a device of its own.</summary>
    public bool IsUplinkDirect { get; init; }

    /// <summary>The programs that were compiled ahead of time.</summary>
    public bool IsAheadOfTime { get; init; }

    /// <summary>A real device, <c>host:port</c>; null starts the built-in plant.</summary>
    public string? ModbusDevice { get; init; }

    /// <summary>Programs to start in place of the built ones, by module name.</summary>
    public ImmutableDictionary<string, string> Programs { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Values of placeholders.</summary>
    public ImmutableDictionary<string, string> Placeholders { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Where volumes and identities stay from run to run; null is a folder that goes with the run.</summary>
    public string? StateFolder { get; init; }

    /// <summary>How long after the first value the uplink opens; null has it open from the start.</summary>
    public TimeSpan? OfflineFor { get; init; }

    /// <summary>A file that gets every message that arrives at IoT Hub; null writes none.</summary>
    public string? RecordFile { get; init; }

    /// <summary>One JSON object a line in place of text.</summary>
    public bool IsJson { get; init; }
}
