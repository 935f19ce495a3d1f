using System.Collections.Immutable;

namespace Sallyport.Ctl.Manifests;

/// <summary>What a module of this repository takes and sends. A test compares it with the modules themselves.</summary>
/// <param name="Module">Name of the module.</param>
/// <param name="Inputs">Its inputs.</param>
/// <param name="Outputs">Its outputs.</param>
internal sealed record ModuleEndpoints(string Module, ImmutableArray<string> Inputs, ImmutableArray<string> Outputs)
{
    /// <summary>All modules of this repository.</summary>
    public static ImmutableArray<ModuleEndpoints> All { get; } =
    [
        new("SecureBuffer", ["telemetry", "events", "control"], ["upstream"]),
        new("ModbusReader", [], ["telemetry", "status"]),
        new("EtherNetIpReader", [], ["telemetry", "status"]),
        new("CertificateManager", [], ["events"]),
        new("Watchdog", ["events"], ["events", "control"]),
    ];

    /// <summary>What a module takes and sends; null if it is none of this repository.</summary>
    public static ModuleEndpoints? Of(string module) => All.FirstOrDefault(one => string.Equals(one.Module, module, StringComparison.Ordinal));
}
