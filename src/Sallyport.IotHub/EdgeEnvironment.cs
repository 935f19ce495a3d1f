using System.Security.Cryptography.X509Certificates;
using Sallyport.Identity;
using Sallyport.IotHub.Environments;
using Sallyport.IotHub.Provisioning;
using Sallyport.IotHub.Wire;

namespace Sallyport.IotHub;

/// <summary>Who this process is and where it connects, as edgeAgent or iotedgehubdev says in the environment.</summary>
public sealed class EdgeEnvironment : IDisposable
{
    private readonly Func<CancellationToken, Task<X509Certificate2Collection>> _trustBundle;

    internal EdgeEnvironment(
        ClientIdentity identity,
        string hubHostName,
        HostAddress gateway,
        LinkProfile link,
        IModuleKey key,
        Func<CancellationToken, Task<X509Certificate2Collection>> trustBundle)
    {
        (Identity, HubHostName, GatewayHostName, Port) = (identity, hubHostName, gateway.Name, gateway.Port);
        (Link, Key, _trustBundle) = (link, key, trustBundle);
    }

    /// <summary>The device, or the Edge device that the module runs on.</summary>
    public string DeviceId => Identity.DeviceId;

    /// <summary>The module; empty for a device.</summary>
    public string ModuleId => Identity.ModuleId;

    /// <summary>The IoT hub. Tokens are for it, whoever checks them.</summary>
    public string HubHostName { get; }

    /// <summary>Where the socket goes and what the certificate must name: edgeHub, or the IoT hub itself.</summary>
    public string GatewayHostName { get; }

    /// <summary>8883 unless the host name carried another.</summary>
    public int Port { get; }

    /// <summary>The module's generation at the workload API; empty in development.</summary>
    public string GenerationId { get; internal init; } = "";

    /// <summary>The identity's key. Every use of it fails when the connection string held a token and no key.</summary>
    public IModuleKey Key { get; }

    /// <summary>The Edge daemon's workload API; null in development. Disposed with the environment.</summary>
    public WorkloadClient? Workload { get; internal init; }

    /// <summary>True when identity and key came from a connection string, not from the workload API.</summary>
    public bool IsDevelopment { get; internal init; }

    /// <summary>What the broker's certificate must look like.</summary>
    internal LinkProfile Link { get; }

    /// <summary>A token from the connection string instead of a key; null when there is a key.</summary>
    internal (string Text, SasToken Token)? ConfiguredToken { get; init; }

    /// <summary>What proves who we are instead of a token; null where a token does. Not disposed with the environment.</summary>
    internal DeviceCertificate? Certificate { get; init; }

    /// <summary>Looks for what is wrong with <see cref="Certificate"/> when it is refused.</summary>
    internal OwnCertificateCheck? OwnCertificateCheck { get; init; }

    /// <summary>Who we are in MQTT.</summary>
    internal ClientIdentity Identity { get; }

    /// <summary>Reads the environment; a connection string wins over <c>IOTEDGE_*</c>.</summary>
    /// <param name="variables">All variables of the process.</param>
    /// <param name="time">Times the retries of the workload API.</param>
    /// <exception cref="EdgeEnvironmentException">A variable is missing or wrong.</exception>
    public static EdgeEnvironment Read(IReadOnlyDictionary<string, string?> variables, TimeProvider time) =>
        DevelopmentEnvironment.TryRead(variables) ?? DaemonEnvironment.Read(variables, time);

    /// <summary>A device of its own at IoT Hub, past edgeHub, that a certificate stands for.</summary>
    /// <param name="assignment">Which hub, which device.</param>
    /// <param name="certificate">Shown in each handshake. Not disposed.</param>
    /// <param name="check">Looks for what is wrong with it when it is refused.</param>
    /// <param name="roots">The only roots that the hub's certificate may end in.</param>
    internal static EdgeEnvironment ForDevice(
        HubAssignment assignment,
        DeviceCertificate certificate,
        OwnCertificateCheck check,
        Func<CancellationToken, Task<X509Certificate2Collection>> roots) => new(
            new ClientIdentity(assignment.DeviceId, ""),
            assignment.HubHostName,
            HostAddress.TryParse(assignment.HubHostName) ?? throw new ArgumentException("The hub has no host name.", nameof(assignment)),
            LinkProfile.IotHub,
            new AbsentKey(),
            roots)
        {
            Certificate = certificate,
            OwnCertificateCheck = check,
        };

    /// <summary>The only roots that the broker's certificate may end in. Read anew for each connection: the Edge daemon renews them.</summary>
    /// <exception cref="WorkloadException">The workload API refused or did not answer.</exception>
    /// <exception cref="EdgeEnvironmentException">The file cannot be read or holds no certificate.</exception>
    public Task<X509Certificate2Collection> ReadTrustBundleAsync(CancellationToken cancellationToken) => _trustBundle(cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => (Key as IDisposable)?.Dispose();
}
