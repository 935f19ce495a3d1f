using Sallyport.Simulator.Certificates;
using Sallyport.Simulator.Cloud;
using Sallyport.Simulator.EdgeHub;
using Sallyport.Manifest.Routing;
using Sallyport.Simulator.Network;
using Sallyport.Simulator.Workload;

namespace Sallyport.Simulator.Tests.Brokers;

/// <summary>edgeHub, IoT Hub and the uplink between them, on addresses of their own, with modules «alpha» and «beta».</summary>
internal sealed class BrokerHarness : IAsyncDisposable
{
    public const string DeviceId = "edge-1";

    private readonly SimulationAddresses _addresses = SimulationAddresses.Reserve();
    private readonly TimeProvider _time;
    private readonly string _folder = Directory.CreateTempSubdirectory("sp-").FullName;

    private BrokerHarness(BrokerSetup setup)
    {
        TimeProvider time = _time = setup.Time;
        Authority = new CertificateAuthority(time, _addresses.RevocationLists);
        Hub = new CloudHub(
            new CloudHubOptions { HostName = "hub.example", Address = _addresses.IotHub }, Authority, time, Log);
        Device = Hub.AddDevice(DeviceId);
        Alpha = Hub.AddModule(DeviceId, "alpha");
        Beta = Hub.AddModule(DeviceId, "beta");
        Uplink = new Uplink(Hub, time);
        EdgeHub = new EdgeHubBroker(
            setup.Change(new EdgeHubOptions
            {
                DeviceId = DeviceId,
                GatewayHostName = _addresses.EdgeHub.ToString(),
                Address = _addresses.EdgeHub,
                Routes = RouteTable.Parse(setup.Routes),
            }),
            Authority,
            Uplink,
            time,
            Log);
        Workload = new WorkloadApi(new WorkloadOptions { Folder = _folder }, Authority, Log);
    }

    public EventLog Log { get; } = new();

    public CertificateAuthority Authority { get; }

    public CloudHub Hub { get; }

    public Uplink Uplink { get; }

    public EdgeHubBroker EdgeHub { get; }

    public WorkloadApi Workload { get; }

    public RegisteredIdentity Device { get; }

    public RegisteredIdentity Alpha { get; }

    public RegisteredIdentity Beta { get; }

    public SimulationAddresses Addresses => _addresses;

    /// <summary>Routes «telemetry» of alpha to IoT Hub and «events» of alpha to beta's input «in».</summary>
    public static Dictionary<string, RouteDefinition> UsualRoutes { get; } = new(StringComparer.Ordinal)
    {
        ["up"] = new("FROM /messages/modules/alpha/outputs/telemetry INTO $upstream"),
        ["across"] = new("FROM /messages/modules/alpha/outputs/events INTO BrokeredEndpoint(\"/modules/beta/inputs/in\")"),
    };

    /// <summary>Starts everything as usual.</summary>
    public static Task<BrokerHarness> StartAsync(CancellationToken cancellationToken) => StartAsync(new BrokerSetup(), cancellationToken);

    /// <summary>Starts everything.</summary>
    public static async Task<BrokerHarness> StartAsync(BrokerSetup setup, CancellationToken cancellationToken)
    {
        var harness = new BrokerHarness(setup);
        await harness.Hub.StartAsync(cancellationToken);
        await harness.EdgeHub.StartAsync(cancellationToken);
        return harness;
    }

    /// <summary>How a client connects to edgeHub with a good token of one hour.</summary>
    public RawConnect ToEdgeHub(RegisteredIdentity client) => new()
    {
        Identity = client.Identity,
        Address = _addresses.EdgeHub,
        Root = Authority.Root,
        UserName = $"{_addresses.EdgeHub}/{client.Identity.ClientId}/?api-version=2021-04-12&DeviceClientType=test",
        Password = Token(client, TimeSpan.FromHours(1)),
    };

    /// <summary>How a client connects to IoT Hub with a good token of one hour.</summary>
    public RawConnect ToHub(RegisteredIdentity client) => ToEdgeHub(client) with { Address = _addresses.IotHub };

    public string Token(RegisteredIdentity client, TimeSpan life) =>
        TestTokens.Mint(Hub.HostName, client, _time.GetUtcNow() + life);

    public Task<RawClient> ConnectAsync(RegisteredIdentity client) =>
        RawClient.ConnectAsync(ToEdgeHub(client), TestContext.Current.CancellationToken);

    /// <summary>Connects a module and subscribes to its inputs; messages stay unacknowledged.</summary>
    public async Task<RawClient> ConnectReceiverAsync(RegisteredIdentity client)
    {
        RawClient receiver = await ConnectAsync(client);
        receiver.AcknowledgesAtOnce = false;
        await receiver.SubscribeInputsAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    public async Task<CloudMessage> ReceiveAsync() => await Hub.Received.ReadAsync(TestContext.Current.CancellationToken);

    /// <summary>edgeHub's metrics, over HTTP.</summary>
    public async Task<PrometheusText> ReadMetricsAsync()
    {
        using var client = new HttpClient();
        var address = new Uri($"http://{_addresses.EdgeHub}:{SimulationAddresses.MetricsPort}/metrics");
        return PrometheusText.Parse(await client.GetStringAsync(address, TestContext.Current.CancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        await Workload.DisposeAsync();
        await EdgeHub.DisposeAsync();
        await Hub.DisposeAsync();
        Authority.Dispose();
        _addresses.Dispose();
        Directory.Delete(_folder, recursive: true);
        Assert.Empty(Log.Errors);
    }
}
