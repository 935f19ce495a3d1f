using Microsoft.Extensions.Logging;
using Sallyport.Simulator.Certificates;
using Sallyport.Simulator.Cloud;

namespace Sallyport.Simulator.EdgeHub;

/// <summary>edgeHub: routes, queues, twins and methods for the modules of one edge device, with edgeHub's own bad manners.</summary>
internal sealed class EdgeHubBroker(
    EdgeHubOptions options, CertificateAuthority authority, Uplink uplink, TimeProvider time, ILoggerFactory logs)
    : IAsyncDisposable
{
    /// <summary>Names this run; new after each restart. Label of every metric.</summary>
    public Guid InstanceNumber { get; private set; } = Guid.NewGuid();

    /// <summary>Starts listening, delivering and sending upstream.</summary>
    /// <exception cref="IOException">A port is taken.</exception>
    public Task StartAsync(CancellationToken cancellationToken) => throw Missing();

    /// <summary>Ends and starts again: queues and twins stay as on disk, sessions and counters do not.</summary>
    public Task RestartAsync(CancellationToken cancellationToken) => throw Missing();

    /// <summary>Acknowledges the next message of a module and forgets it, uncounted: what edgeHub does on a bug of its own.</summary>
    public void DropNextMessageSilently(HubIdentity from) => throw Missing();

    /// <summary>Acknowledges no messages until the result is disposed; everything else goes on.</summary>
    /// <param name="client">Whose messages; null for everybody's.</param>
    public IDisposable WithholdAcknowledgements(HubIdentity? client = null) => throw Missing();

    /// <summary>Makes the client's present connection half-open: it stays up, and nothing passes. A new connection is not affected.</summary>
    public void HalfOpen(HubIdentity client) => throw Missing();

    /// <summary>Closes the client's present connection without a word.</summary>
    public void Cut(HubIdentity client) => throw Missing();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private NotSupportedException Missing() =>
        new($"Not built yet ({options}, {authority.Root.Subject}, {uplink.State}, {time}, {logs}, {InstanceNumber}).");
}
