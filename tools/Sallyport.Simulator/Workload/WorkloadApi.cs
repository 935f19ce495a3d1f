using Microsoft.Extensions.Logging;
using Sallyport.Simulator.Certificates;
using Sallyport.Simulator.Cloud;

namespace Sallyport.Simulator.Workload;

/// <summary>The Edge daemon's workload API: one unix socket a module, which serves that module alone.</summary>
internal sealed class WorkloadApi(WorkloadOptions options, CertificateAuthority authority, TimeProvider time, ILoggerFactory logs)
    : IAsyncDisposable
{
    /// <summary>Opens the socket of a module.</summary>
    /// <returns>The socket's path, for <c>IOTEDGE_WORKLOADURI=unix://{path}</c>.</returns>
    public Task<string> AddModuleAsync(RegisteredIdentity module, CancellationToken cancellationToken) => throw Missing();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private NotSupportedException Missing() => new($"Not built yet ({options}, {authority.Root.Subject}, {time}, {logs}).");
}
