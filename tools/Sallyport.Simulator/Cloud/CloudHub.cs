using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Sallyport.Simulator.Certificates;
using Sallyport.Telemetry;

namespace Sallyport.Simulator.Cloud;

/// <summary>IoT Hub: identities, twins (their source of truth), methods, messages to devices, and an MQTT server for devices.</summary>
internal sealed class CloudHub(CloudHubOptions options, CertificateAuthority authority, TimeProvider time, ILoggerFactory logs)
    : IAsyncDisposable
{
    private readonly Channel<CloudMessage> _received = Channel.CreateUnbounded<CloudMessage>();

    /// <summary>The hub's name: audience of all tokens.</summary>
    public string HostName { get; } = options.HostName;

    /// <summary>Everything that arrived, from edgeHub's uplink and from devices, in order of arrival.</summary>
    public ChannelReader<CloudMessage> Received => _received.Reader;

    public Task StartAsync(CancellationToken cancellationToken) => throw Missing();

    /// <summary>Registers a device with fresh random keys.</summary>
    public RegisteredIdentity AddDevice(string deviceId) => throw Missing();

    /// <summary>Registers a module of a registered device with fresh random keys.</summary>
    public RegisteredIdentity AddModule(string deviceId, string moduleId) => throw Missing();

    /// <summary>The whole twin as it is now: «desired» and «reported», each with «$version». A copy.</summary>
    public JsonObject ReadTwin(HubIdentity identity) => throw Missing();

    /// <summary>Merges a patch into the desired properties (null deletes), tells whoever is connected, and returns the new version.</summary>
    public long UpdateDesired(HubIdentity identity, JsonObject patch) => throw Missing();

    /// <summary>Calls a direct method of a device, or of a module behind the uplink.</summary>
    public Task<MethodResult> InvokeMethodAsync(HubIdentity identity, MethodCall call, CancellationToken cancellationToken) =>
        throw Missing();

    /// <summary>Queues a message to a device; it waits while the device is away.</summary>
    public void SendToDevice(string deviceId, HubMessage message) => throw Missing();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private NotSupportedException Missing() => new($"Not built yet ({authority.Root.Subject}, {time}, {logs}, {_received}).");
}
