using System.Security.Cryptography.X509Certificates;
using Sallyport.Manifest.Routing;
using Sallyport.Simulator.Certificates;
using Sallyport.Simulator.Cloud;
using Sallyport.Simulator.Network;
using Sallyport.Simulator.Provisioning;
using Sallyport.Simulator.Tests.Brokers;

namespace Sallyport.Simulator.Tests.Provisioning;

/// <summary>The provisioning service and the IoT Hub that it hands devices to, on addresses of their own, and files of devices.</summary>
internal sealed class ProvisioningHarness : IAsyncDisposable
{
    public const string Device = "gateway-1";

    private readonly SimulationAddresses _addresses = SimulationAddresses.Reserve();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sallyport-provisioning-");

    private ProvisioningHarness()
    {
        Authority = new CertificateAuthority(TimeProvider.System, _addresses.RevocationLists);
        Hub = new CloudHub(
            new CloudHubOptions { HostName = _addresses.IotHub.ToString(), Address = _addresses.IotHub }, Authority, TimeProvider.System, Log);
        Service = new ProvisioningService(
            new ProvisioningOptions { Address = _addresses.Provisioning, RetryAfter = 0 }, Authority, Hub, TimeProvider.System, Log);
        File.WriteAllText(RootsFile, Authority.TrustBundlePem);
    }

    public EventLog Log { get; } = new();

    public CertificateAuthority Authority { get; }

    public CloudHub Hub { get; }

    public ProvisioningService Service { get; }

    public string RootsFile => Path.Combine(_folder.FullName, "roots.pem");

    public string CertificateFile => Path.Combine(_folder.FullName, "device.pem");

    public string KeyFile => Path.Combine(_folder.FullName, "device.key");

    public static async Task<ProvisioningHarness> StartAsync()
    {
        var harness = new ProvisioningHarness();
        await harness.Hub.StartAsync(TestContext.Current.CancellationToken);
        await harness.Service.StartAsync();
        return harness;
    }

    /// <summary>Enrols everybody with a certificate of the authority.</summary>
    public void EnrolGroup() => Service.Enrolments.Put(new Enrolment.Group("gateways", [Authority.Issuing]));

    /// <summary>Issues a certificate and writes it and its key; it is the caller's.</summary>
    public X509Certificate2 Issue(string commonName = Device)
    {
        X509Certificate2 certificate = Authority.IssueClient(commonName);
        File.WriteAllText(CertificateFile, $"{certificate.ExportCertificatePem()}\n{Authority.Issuing.ExportCertificatePem()}\n");
        File.WriteAllText(KeyFile, certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem() + "\n");
        return certificate;
    }

    /// <summary>How a device connects to the service.</summary>
    public RawConnect ToService(X509Certificate2? certificate, string registrationId = Device, string idScope = ProvisioningOptions.IdScope) => new()
    {
        Identity = HubIdentity.Device(registrationId),
        Address = _addresses.Provisioning,
        Root = Authority.Root,
        UserName = $"{idScope}/registrations/{registrationId}/api-version=2019-03-31&ClientVersion=test",
        Certificate = certificate,
        IsCleanSession = true,
    };

    /// <summary>How a device connects to the hub.</summary>
    public RawConnect ToHub(X509Certificate2 certificate, string deviceId = Device) => ToService(certificate, deviceId) with
    {
        Address = _addresses.IotHub,
        UserName = $"{Hub.HostName}/{deviceId}/?api-version=2021-04-12",
        IsCleanSession = false,
    };

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        await Hub.DisposeAsync();
        Authority.Dispose();
        _addresses.Dispose();
        _folder.Delete(recursive: true);
        Assert.Empty(Log.Errors);
    }
}
