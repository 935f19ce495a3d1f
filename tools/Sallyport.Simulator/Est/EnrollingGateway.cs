using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Sallyport.Identity.Issuing;
using Sallyport.Simulator.Certificates;
using Sallyport.Simulator.Network;
using Sallyport.Simulator.Provisioning;

namespace Sallyport.Simulator.Est;

/// <summary>The gateway that CertificateManager enrols, and the server that it enrols at: what the factory gave it, and what its twin says.</summary>
/// <param name="folders">For its files.</param>
/// <param name="addresses">Where the server listens.</param>
/// <param name="provisioningHost">Where a new certificate is proven.</param>
/// <param name="time">The server's clock.</param>
/// <param name="logs">The server's log.</param>
internal sealed class EnrollingGateway(SimulationFolders folders, SimulationAddresses addresses, string provisioningHost, TimeProvider time, ILoggerFactory logs) : IAsyncDisposable
{
    /// <summary>Its device id and registration id.</summary>
    public const string DeviceId = EdgeSimulation.DeviceId + "-gateway";

    /// <summary>The module that enrols it.</summary>
    public const string Module = "CertificateManager";

    private static readonly TimeSpan Life = TimeSpan.FromDays(365);

    /// <summary>Its keys are in files: a simulation has no TPM. Variables that the manifest sets win.</summary>
    public static IReadOnlyDictionary<string, string> Variables { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Sallyport__DeviceKeys__Providers"] = "file",
        ["Sallyport__DeviceKeys__RequireHardware"] = "false",
    };

    /// <summary>The enrolment server of the plant; null before the start.</summary>
    public EnrolmentServer? Server { get; private set; }

    private string CertificateFile => Path.Combine(folders.EnrollingGateway, "bootstrap.pem");

    private string KeyFile => Path.Combine(folders.EnrollingGateway, "bootstrap.key");

    /// <summary>Starts the server, issues the factory's certificate and writes it, its issuer and its key.</summary>
    public async Task StartAsync(CertificateAuthority authority, CancellationToken cancellationToken)
    {
        Server = await EnrolmentServer.StartAsync(authority, addresses.Provisioning, SimulationAddresses.EnrolmentPort, time, logs, cancellationToken);
        using X509Certificate2 certificate = authority.Issue(new IssueOrder(CertificateProfile.Bootstrap, DeviceId, Life));
        using ECDsa key = certificate.GetECDsaPrivateKey()!;
        _ = Directory.CreateDirectory(folders.EnrollingGateway);
        await File.WriteAllTextAsync(CertificateFile, $"{certificate.ExportCertificatePem()}\n{authority.Issuing.ExportCertificatePem()}\n", cancellationToken);
        await File.WriteAllTextAsync(KeyFile, key.ExportPkcs8PrivateKeyPem() + "\n", cancellationToken);
    }

    /// <summary>Turns CertificateManager's desired properties to it, unless the manifest names an enrolment server.</summary>
    public void Adapt(JsonObject desired)
    {
        if (desired.ContainsKey("est"))
        {
            return;
        }

        desired["deviceId"] = DeviceId;
        desired["est"] = new JsonObject { ["url"] = addresses.Enrolment.ToString() };
        desired["roots"] = folders.TrustBundleFile;
        desired["bootstrap"] = new JsonObject { ["certificateFile"] = CertificateFile, ["keyFile"] = KeyFile };
        desired["dps"] = new JsonObject { ["idScope"] = ProvisioningOptions.IdScope, ["host"] = provisioningHost, ["roots"] = folders.TrustBundleFile };
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
