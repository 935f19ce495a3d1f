using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;

namespace Sallyport.Simulator.Provisioning;

/// <summary>The device that SecureBuffer is at IoT Hub when it sends past edgeHub: its files, and what its twin says.</summary>
/// <param name="folder">Where its files are.</param>
/// <param name="trustFile">The roots that it trusts.</param>
/// <param name="provisioningHost">What it dials first.</param>
internal sealed class DirectDevice(string folder, string trustFile, string provisioningHost)
{
    /// <summary>Its registration id and device id.</summary>
    public const string RegistrationId = EdgeSimulation.DeviceId + "-buffer";

    private string CertificateFile => Path.Combine(folder, "device.pem");

    private string KeyFile => Path.Combine(folder, "device.key");

    /// <summary>Its folder for revocation lists. Empty as long as it can wait for the hour at which it fetches them.</summary>
    public string RevocationFolder => Path.Combine(folder, "revocation");

    /// <summary>Writes a certificate, its issuer and its key.</summary>
    public void Write(X509Certificate2 certificate, X509Certificate2 issuer)
    {
        _ = Directory.CreateDirectory(RevocationFolder);
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
        desired["direct"] = new JsonObject
        {
            ["idScope"] = ProvisioningOptions.IdScope,
            ["provisioningHost"] = provisioningHost,
            ["registrationId"] = RegistrationId,
            ["certificateFile"] = CertificateFile,
            ["keyFile"] = KeyFile,
            ["rootsFile"] = trustFile,
        };
    }
}
