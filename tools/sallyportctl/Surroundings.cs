using Azure.Security.KeyVault.Certificates;
using Sallyport.Ctl.Posture.Collect;
using Sallyport.Ctl.Terminal;
using Sallyport.EtherNetIpOriginator.Device;
using Sallyport.IotHub.Provisioning;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.ModbusMaster.Device;

namespace Sallyport.Ctl;

/// <summary>What the verbs work with; tests hand in their own.</summary>
/// <param name="Screen">What the operator sees.</param>
/// <param name="Time">The clock.</param>
/// <param name="Open">Makes the master of a connection; the same one that the module has.</param>
/// <param name="Variable">Environment variables: values of placeholders in a manifest.</param>
internal sealed record Surroundings(Screen Screen, TimeProvider Time, Func<ConnectionPlan, IModbusMaster> Open, Func<string, string?> Variable)
{
    /// <summary>Makes controllers; the same ones that the module has.</summary>
    public required Func<ControllerPlan, IController> OpenController { get; init; }

    /// <summary>Makes what registers devices, from the service, the file with its roots, and who hears of the steps; null for the one that the module has.</summary>
    public Func<ProvisioningTarget, string, Action<ProvisioningStep>, IDeviceProvisioner>? OpenProvisioner { get; init; }

    /// <summary>Makes a client of a key vault; null for the one that signs in as whoever works here.</summary>
    public Func<Uri, CertificateClient>? OpenVault { get; init; }

    /// <summary>Asks a program of the host; null for the one that really does.</summary>
    public Func<string, string[], CancellationToken, Task<ProgramOutcome>>? RunProgram { get; init; }
}
