using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Sallyport.Hosting;
using Sallyport.Hosting.Scraping;
using Sallyport.IotHub;
using Sallyport.Telemetry;
using Sallyport.TestKit;
using Sallyport.Watchdog.Annunciator;
using Sallyport.Watchdog.Configuration;
using Sallyport.Watchdog.Delivery;
using Sallyport.Watchdog.Events;
using Sallyport.Watchdog.Status;
using Sallyport.Watchdog.Tests.Annunciator;

namespace Sallyport.Watchdog.Tests.Faults;

/// <summary>The module with all its parts, as it registers them and as the deployment configures them, on a gateway that a test breaks. Its clock, its sockets, its connection
/// and where its events go are the test's.</summary>
internal sealed class WholeWatchdog : IDisposable
{
    private const string Lamp = "red";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("watchdog-");
    private readonly LedFolder _leds = new();
    private readonly HttpClient _http;
    private readonly EdgeEnvironment _environment;
    private readonly IHost _host;
    private readonly WatchdogPlan _plan;

    public WholeWatchdog()
    {
        _leds.Add(Lamp);
        _http = new HttpClient(Gateway, disposeHandler: false) { MaxResponseContentBufferSize = MetricsPage.MaxBytes };
        _environment = EdgeEnvironment.Read(
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["EdgeHubConnectionString"] = $"HostName=hub.example;DeviceId=edge-1;ModuleId=Watchdog;SharedAccessKey={Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))};GatewayHostName=edgehub",
                ["EdgeModuleCACertificateFile"] = Path.Combine(_folder.FullName, "roots.pem"),
            },
            Time);
        HostApplicationBuilder builder = EdgeModule.CreateBuilder([]);
        builder.Services.AddWatchdog();
        builder.Logging.ClearProviders();
        builder.Services
            .AddSingleton<ILoggerProvider>(new FakeLoggerProvider(Log))
            .Configure<EdgeModuleOptions>(options => options.DataFolder = _folder.FullName)
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton(_environment)
            .AddSingleton<IHubConnection>(Hub)
            .AddSingleton<IEventSink>(Raised)
            .AddSingleton(new PageClient(_http, TimeSpan.FromSeconds(5), Time));
        _host = builder.Build();
        _plan = ReadPlan();
        Of<CurrentPlan<WatchdogPlan>>().Replace(new CurrentPlan<WatchdogPlan>.Edition(_plan, Version: 1, ConfigurationHash: "0011223344556677"));
    }

    public RunningGateway Gateway { get; } = new();

    public SteppedTime Time { get; } = new();

    public RecordingHub Hub { get; } = new();

    public RecordedEvents Raised { get; } = new();

    public FakeLogCollector Log { get; } = FakeLogCollector.Create(new FakeLogCollectorOptions());

    public GatewayStatus Status => Of<StatusBoard>().Current;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Binds inputs and methods, and lives until all is well.</summary>
    public async Task StartAsync()
    {
        await _host.Services.GetServices<IHostedService>().OfType<WatchBinding>().Single().StartAsync(Token);
        await LiveAsync(seconds: 60);
        Assert.Equal((DeliveryState.Delivering, 0), (Status.Delivery.State, Status.Alarms.Length));
        Assert.Equal("........", Play());
        Assert.All(Status.Modules, module => Assert.Equal(ModuleCondition.Well, module.Condition));
        Raised.Raised.Clear();
        Log.Clear();
    }

    /// <summary>Looks at the interval of the plan, until so much time has passed.</summary>
    public async Task LiveAsync(int seconds)
    {
        for (var passed = TimeSpan.Zero; passed < TimeSpan.FromSeconds(seconds); passed += _plan.Delivery.Interval)
        {
            await LookAsync();
        }
    }

    /// <summary>The same until something is so.</summary>
    public async Task LiveUntilAsync(Func<bool> isSo, TimeSpan most, Func<string> describe)
    {
        for (var passed = TimeSpan.Zero; !isSo(); passed += _plan.Delivery.Interval)
        {
            Assert.True(passed < most, $"not within {most}: {describe()}");
            await LookAsync();
        }
    }

    /// <summary>What the lamp shows in eight beats.</summary>
    public string Play()
    {
        var beats = "";
        for (var beat = 0; beat < 8; beat++)
        {
            Of<AnnunciatorLoop>().Beat();
            beats += _leds.Read(Lamp, "brightness") is "0" ? '.' : 'x';
        }

        return beats;
    }

    /// <summary>A module tells something.</summary>
    public Task TellAsync(string module, HubMessage message) => Hub.Inputs[EventIntake.Input](new InputMessage(EventIntake.Input, module, message), Token);

    /// <summary>What the module answers when somebody asks how the gateway is.</summary>
    public async Task<JsonElement> AskHealthAsync()
    {
        MethodResponse answer = await Hub.Methods["getHealth"](new MethodRequest("getHealth", "{}"u8.ToArray()), Token);
        Assert.Equal(200, answer.Status);
        return JsonElement.Parse(answer.Payload.Span);
    }

    public void Dispose()
    {
        _host.Dispose();
        _environment.Dispose();
        _http.Dispose();
        Gateway.Dispose();
        _leds.Dispose();
        _folder.Delete(recursive: true);
    }

    private Task LookAsync()
    {
        Time.Advance(_plan.Delivery.Interval);
        Gateway.Live((int)_plan.Delivery.Interval.TotalSeconds);
        return Of<DeliveryLoop>().LookAsync(_plan.Delivery, Token);
    }

    private WatchdogPlan ReadPlan()
    {
        JsonNode manifest = JsonNode.Parse(File.ReadAllText(RepositoryRoot.Combine("deployment.template.json")))!;
        JsonNode desired = manifest["modulesContent"]!["Watchdog"]!["properties.desired"]!;
        desired["annunciator"] = new JsonObject
        {
            ["ledFolder"] = _leds.Path,
            ["outputs"] = new JsonObject { ["tower"] = new JsonObject { ["shows"] = "alarm", ["led"] = Lamp } },
        };
        return Assert.IsType<PlanReading<WatchdogPlan>.Accepted>(Of<IPlanReader<WatchdogPlan>>().Read(JsonElement.Parse(desired.ToJsonString()))).Plan;
    }

    private T Of<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();
}
