using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Sallyport.Manifest.Routing;
using Sallyport.Simulator.Certificates;
using Sallyport.Simulator.Mqtt;
using Sallyport.Simulator.Network;
using Sallyport.Telemetry;

namespace Sallyport.Simulator.Cloud;

/// <summary>IoT Hub: identities, twins (their source of truth), methods, messages to devices, and an MQTT server for devices.</summary>
internal sealed class CloudHub : IAsyncDisposable
{
    private readonly CloudInbox _inbox;
    private readonly PendingMethods _methods;
    private readonly DeviceRole _role;
    private readonly ServerCertificate _certificate;
    private readonly MqttRoleServer _server;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Action<HubIdentity, JsonObject>> _onReported = [];
    private readonly ConcurrentDictionary<HubIdentity, Twin> _twins = new();
    private readonly ConcurrentDictionary<string, Uplink> _uplinks = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (DeviceMailbox Mailbox, Task Running)> _mailboxes = new(StringComparer.Ordinal);

    private volatile UplinkState _deviceLinks;
    private IDisposable? _silence;

    public CloudHub(CloudHubOptions options, CertificateAuthority authority, TimeProvider time, ILoggerFactory logs)
    {
        HostName = options.HostName;
        _inbox = new CloudInbox(time);
        _methods = new PendingMethods(time);
        ILogger logger = logs.CreateLogger<CloudHub>();
        _role = new DeviceRole(
            this, new SasCheck(Identities, [HostName], time), new ClientCertificateCheck(authority, time), _methods, logger);
        _certificate = authority.IssueServer(HostName, options.Address.ToString());
        _server = new MqttRoleServer(
            new IPEndPoint(options.Address, SimulationAddresses.MqttPort), _certificate, _role, time, logger);
        _role.Server = _server;
    }

    /// <summary>The hub's name: audience of all tokens.</summary>
    public string HostName { get; }

    public IdentityRegistry Identities { get; } = new();

    /// <summary>Everything that arrived, from edgeHub's uplink and from devices, in order of arrival.</summary>
    public ChannelReader<CloudMessage> Received => _inbox.Reader;

    /// <summary>How the way of devices is that connect without edgeHub.</summary>
    public UplinkState DeviceLinks => _deviceLinks;

    /// <summary>What the device server does wrong on purpose.</summary>
    public ServerFaults Faults => _server.Faults;

    /// <summary>Has a function called after reported properties have changed, with the patch. It must not block.</summary>
    public void OnReported(Action<HubIdentity, JsonObject> action)
    {
        lock (_onReported)
        {
            _onReported.Add(action);
        }
    }

    /// <exception cref="AddressesTakenException">The port is taken.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _server.StartAsync();
    }

    /// <summary>Registers a device with fresh random keys.</summary>
    public RegisteredIdentity AddDevice(string deviceId) => Identities.Add(HubIdentity.Device(deviceId));

    /// <summary>Registers a module with fresh random keys.</summary>
    public RegisteredIdentity AddModule(string deviceId, string moduleId) => Identities.Add(new HubIdentity(deviceId, moduleId));

    /// <summary>The whole twin as it is now: «desired» and «reported», each with «$version». A copy.</summary>
    public JsonObject ReadTwin(HubIdentity identity) => TwinOf(identity).Read();

    /// <summary>Merges a patch into the desired properties (null deletes), tells whoever is connected, and returns the new version.</summary>
    public long UpdateDesired(HubIdentity identity, JsonObject patch) => Publish(identity, TwinOf(identity).PatchDesired(patch));

    /// <summary>Replaces the desired properties, tells whoever is connected what changed, and returns the new version.</summary>
    public long ReplaceDesired(HubIdentity identity, JsonObject desired) => Publish(identity, TwinOf(identity).ReplaceDesired(desired));

    /// <summary>Calls a direct method of a device, or of a module behind the uplink.</summary>
    public Task<MethodResult> InvokeMethodAsync(HubIdentity identity, MethodCall call, CancellationToken cancellationToken) =>
        !_server.IsConnected(identity.ClientId) && _uplinks.TryGetValue(identity.DeviceId, out Uplink? uplink)
            ? uplink.InvokeMethodAsync(identity, call, cancellationToken)
            : _methods.InvokeAsync(_server, identity.ClientId, call, cancellationToken);

    /// <summary>Queues a message to a device; it waits while the device is away.</summary>
    /// <exception cref="InvalidOperationException">50 messages are waiting already.</exception>
    public void SendToDevice(string deviceId, HubMessage message)
    {
        DeviceMailbox mailbox = _mailboxes.GetOrAdd(deviceId, _ =>
        {
            var created = new DeviceMailbox(deviceId);
            return (created, created.RunAsync(_server, _stop.Token));
        }).Mailbox;
        mailbox.Add(message);
        _server.Changed.Fire();
    }

    /// <summary>Registers a device for the provisioning service; one that is there keeps its keys, and stays disabled if it is.</summary>
    /// <param name="deviceId">Which.</param>
    /// <param name="thumbprint">The only certificate that it may show, SHA-256; null for any of the authority.</param>
    public void Provision(string deviceId, string? thumbprint)
    {
        HubIdentity device = HubIdentity.Device(deviceId);
        if (!Identities.Knows(device))
        {
            _ = Identities.Add(device);
        }

        Identities.Pin(device, thumbprint);
    }

    /// <summary>Cuts, silences or opens the way of devices that connect without edgeHub, and of the provisioning service.</summary>
    public void SetDeviceLinks(UplinkState state)
    {
        _deviceLinks = state;
        Interlocked.Exchange(ref _silence, state == UplinkState.Silent ? Faults.WithholdAcknowledgements(clientId: null) : null)?.Dispose();
        foreach (string client in state == UplinkState.Cut ? _server.ConnectedClients : [])
        {
            _ = _server.Cut(client);
        }
    }

    /// <summary>Waits until a device has a connection of its own.</summary>
    public Task WaitUntilConnectedAsync(string deviceId, CancellationToken cancellationToken) =>
        _server.Changed.WaitUntilAsync(() => _server.IsConnected(deviceId), cancellationToken);

    /// <summary>Closes a device's connection without a word. False if it has none.</summary>
    public bool Cut(string deviceId) => _server.Cut(deviceId);

    /// <summary>Takes a message, as if it had just been acknowledged.</summary>
    public void Accept(UplinkMessage message) => _inbox.Add(message);

    /// <summary>Merges a patch into the reported properties and returns the new version.</summary>
    public long Report(HubIdentity identity, JsonObject patch)
    {
        long version = TwinOf(identity).PatchReported(patch);
        lock (_onReported)
        {
            _onReported.ForEach(action => action(identity, patch));
        }

        return version;
    }

    /// <summary>Says through which uplink a device's modules are reached.</summary>
    public void Attach(string deviceId, Uplink uplink) => _uplinks[deviceId] = uplink;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _server.DisposeAsync();
        foreach ((_, Task running) in _mailboxes.Values)
        {
            await running.ContinueWith(
                static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        _silence?.Dispose();
        _certificate.Dispose();
        _stop.Dispose();
    }

    private Twin TwinOf(HubIdentity identity) => _twins.GetOrAdd(identity, static _ => new Twin());

    private long Publish(HubIdentity identity, JsonObject patch)
    {
        _ = PublishAsync(identity, patch);
        return TwinJson.ReadVersion(patch);
    }

    // Nobody is told twice: a client that was away reads its twin when it is back.
    private async Task PublishAsync(HubIdentity identity, JsonObject patch)
    {
        if (_server.Subscriptions.Find(identity.ClientId, HubFeature.DesiredProperties) is { } quality)
        {
            byte[] body = Encoding.UTF8.GetBytes(patch.ToJsonString());
            string topic = HubTopics.DesiredPatch(TwinJson.ReadVersion(patch));
            _ = await _server.DeliverAsync(identity.ClientId, topic, body, quality, CancellationToken.None);
        }
        else if (_uplinks.TryGetValue(identity.DeviceId, out Uplink? uplink))
        {
            await uplink.PatchDesiredAsync(identity, patch, _stop.Token);
        }
    }
}
