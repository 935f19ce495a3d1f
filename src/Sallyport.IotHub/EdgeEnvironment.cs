using System.Security.Cryptography.X509Certificates;
using Sallyport.Identity;

namespace Sallyport.IotHub;

/// <summary>Who this process is and where it connects, as edgeAgent or iotedgehubdev says in the environment.</summary>
public sealed class EdgeEnvironment : IDisposable
{
    private EdgeEnvironment()
    {
    }

    /// <summary>The device, or the Edge device that the module runs on.</summary>
    public required string DeviceId { get; init; }

    /// <summary>The module; empty for a device.</summary>
    public required string ModuleId { get; init; }

    /// <summary>The IoT hub. Tokens are for it, whoever checks them.</summary>
    public required string HubHostName { get; init; }

    /// <summary>Where the socket goes and what the certificate must name: edgeHub, or the IoT hub itself.</summary>
    public required string GatewayHostName { get; init; }

    /// <summary>8883 unless the host name carried another.</summary>
    public required int Port { get; init; }

    /// <summary>The module's generation at the workload API; empty in development.</summary>
    public required string GenerationId { get; init; }

    /// <summary>The identity's key.</summary>
    public required IModuleKey Key { get; init; }

    /// <summary>True when identity and key came from a connection string, not from the workload API.</summary>
    public required bool IsDevelopment { get; init; }

    /// <summary>Reads the environment; a connection string wins over <c>IOTEDGE_*</c>.</summary>
    /// <param name="variables">All variables of the process.</param>
    /// <param name="time">Times the retries of the workload API.</param>
    /// <exception cref="EdgeEnvironmentException">A variable is missing or wrong.</exception>
    public static EdgeEnvironment Read(IReadOnlyDictionary<string, string?> variables, TimeProvider time) =>
        throw new NotSupportedException("Not written yet.");

    /// <summary>The only roots that the broker's certificate may end in. Read anew for each connection: the Edge daemon renews them.</summary>
    /// <exception cref="WorkloadException">The workload API refused or did not answer.</exception>
    /// <exception cref="EdgeEnvironmentException">The file cannot be read or holds no certificate.</exception>
    public Task<X509Certificate2Collection> ReadTrustBundleAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException("Not written yet.");

    /// <inheritdoc/>
    public void Dispose() => (Key as IDisposable)?.Dispose();
}
