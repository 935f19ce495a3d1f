using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Sallyport.Simulator.Est;
using Sallyport.Manifest;
using Sallyport.Simulator.Modules;

namespace Sallyport.Simulator.Provisioning;

/// <summary>The device that SecureBuffer is at IoT Hub when it sends past edgeHub: its files, and what its twin says.</summary>
/// <param name="folder">Where its files are.</param>
/// <param name="trustFile">The roots that it trusts.</param>
/// <param name="provisioningHost">What it dials first.</param>
/// <param name="identityFolder">Where CertificateManager keeps the identity that it takes; null if it has files of its own.</param>
internal sealed class DirectDevice(string folder, string trustFile, string provisioningHost, string? identityFolder)
{
    /// <summary>Its registration id and device id.</summary>
    public const string RegistrationId = EdgeSimulation.DeviceId + "-buffer";

    /// <summary>Whether CertificateManager renews it, and nobody else gives it a certificate.</summary>
    public bool IsManaged => identityFolder is not null;

    private string CertificateFile => Path.Combine(folder, "device.pem");

    private string KeyFile => Path.Combine(folder, "device.key");

    /// <summary>Its folder for revocation lists. Empty as long as it can wait for the hour at which it fetches them.</summary>
    public string RevocationFolder => Path.Combine(folder, "revocation");

    /// <summary>As a simulation wants it.</summary>
    public static DirectDevice Of(EdgeSimulationOptions options, SimulationFolders folders, DeploymentManifest manifest, string provisioningHost)
    {
        ModuleEntry? manager = options.IsIdentityManaged ? manifest.Modules.Single(module => module.Name is EnrollingGateway.Module) : null;
        return new(folders.DirectDevice, folders.TrustBundleFile, provisioningHost, manager is null ? null : Path.Combine(
            new ModuleVolumes(folders.State).OnHost(manager.Environment["Sallyport__DataFolder"], manager.CreateOptions.Mounts), "identity"));
    }

    /// <summary>Makes its folders.</summary>
    public void CreateFolders() => _ = Directory.CreateDirectory(RevocationFolder);

    /// <summary>Writes a certificate, its issuer and its key.</summary>
    public void Write(X509Certificate2 certificate, X509Certificate2 issuer)
    {
        File.WriteAllText(KeyFile, certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem() + "\n");
        File.WriteAllText(CertificateFile, $"{certificate.ExportCertificatePem()}\n{issuer.ExportCertificatePem()}\n");
    }

    /// <summary>Brings it the revocation lists of now, as people do who do not wait for the hour.</summary>
    public void WriteLists(IReadOnlyDictionary<string, Func<byte[]>> lists)
    {
        foreach ((string name, Func<byte[]> list) in lists)
        {
            File.WriteAllBytes(Path.Combine(RevocationFolder, name), list());
        }
    }

    /// <summary>Turns SecureBuffer's desired properties to it.</summary>
    public void Adapt(JsonObject desired)
    {
        desired["uplink"] = "direct";
        _ = desired.Remove("deliveryProof");
        var direct = new JsonObject
        {
            ["idScope"] = ProvisioningOptions.IdScope,
            ["provisioningHost"] = provisioningHost,
            ["registrationId"] = IsManaged ? EnrollingGateway.DeviceId : RegistrationId,
            ["rootsFile"] = trustFile,
        };
        if (IsManaged)
        {
            direct["identityFolder"] = identityFolder;
        }
        else
        {
            direct["certificateFile"] = CertificateFile;
            direct["keyFile"] = KeyFile;
        }

        desired["direct"] = direct;
    }
}
