using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Sallyport.BatchVerification;
using Sallyport.BatchVerification.Content;
using Sallyport.Simulator.Certificates;
using Sallyport.Simulator.Check;
using Sallyport.Simulator.Cloud;
using Sallyport.Simulator.Disks;
using Sallyport.Simulator.EdgeAgent;
using Sallyport.Simulator.EdgeHub;
using Sallyport.Simulator.Est;
using Sallyport.Simulator.EtherNetIpPlant;
using Sallyport.Manifest;
using Sallyport.Simulator.Modules;
using Sallyport.Simulator.Network;
using Sallyport.Simulator.Plant;
using Sallyport.Simulator.Provisioning;
using Sallyport.Simulator.Workload;

namespace Sallyport.Simulator;

/// <summary>Everything around the modules of one deployment, and the modules as processes. Modules meet it over sockets only, as in production.</summary>
internal sealed class EdgeSimulation : IAsyncDisposable
{
    /// <summary>The edge device.</summary>
    public const string DeviceId = "edge-1";

    private static readonly TimeSpan TokenLife = TimeSpan.FromSeconds(8);

    private readonly SimulationFolders _folders;
    private readonly SimulationAddresses _addresses;
    private readonly CertificateAuthority _authority;
    private readonly WorkloadApi _workload;
    private readonly ModuleLauncher _launcher;
    private readonly VerifierIdentity _verifier;
    private readonly EdgeSimulationOptions _options;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _logs;
    private readonly CancellationTokenSource _end = new();
    private RevocationListEndpoint? _revocationLists;
    private Task _intake = Task.CompletedTask;

    /// <summary>Puts the simulation together; nothing runs yet.</summary>
    /// <param name="options">What to simulate.</param>
    /// <param name="onModuleLine">Takes each line that a module writes (module, line), on any thread.</param>
    /// <param name="time">The clock of all roles.</param>
    /// <param name="logs">The log of all roles.</param>
    /// <exception cref="ManifestException">The manifest cannot be used.</exception>
    /// <exception cref="AddressesTakenException">A port is taken.</exception>
    public EdgeSimulation(EdgeSimulationOptions options, Action<string, string> onModuleLine, TimeProvider time, ILoggerFactory logs)
    {
        (_options, _time, _logs) = (options, time, logs);
        _folders = new(options.StateFolder);
        var ledger = new PlantLedger();
        SimulationAddresses? addresses = null;
        IReadOnlyDictionary<string, ModuleProgram> programs;
        try
        {
            _addresses = addresses = _folders.ReserveAddresses();
            Manifest = ForeignModules.LeaveOut(DeploymentManifest.Parse(options.Manifest, new SimulationPlaceholders(options, addresses).Find), options.Programs, logs);
            Controllers = ConfiguredControllers.Replace(Manifest.Modules, addresses, ledger, time, logs);
            programs = ModuleProgram.FindAll(Manifest, options.Programs, options.IsAheadOfTime);
            ModuleDisks.Require(options.Disks.Keys, Manifest);
        }
        catch
        {
            addresses?.Dispose();
            _folders.Dispose();
            throw;
        }

        _authority = new(time, _addresses.RevocationLists);
        Cloud = new(new() { HostName = _addresses.IotHub.ToString(), Address = _addresses.IotHub }, _authority, time, logs);
        Intake = new(Cloud.Received);
        Uplink = new(Cloud, time);
        EdgeHub = new(EdgeHubOptions.Of(_addresses, Manifest), _authority, Uplink, time, logs);
        _workload = new(new() { Folder = _folders.Sockets, KeyFile = _folders.WorkloadKeyFile, OnEncrypted = options.OnEncrypted }, _authority, logs);
        Plant = options.ModbusDevice is null
            ? new(PlantLayout.Create(ledger), new(_addresses.Plant, SimulationAddresses.PlantPort), time, logs.CreateLogger<PlantServer>())
            : null;
        EdgeAgent = new(_addresses.EdgeAgent, Cloud, Manifest, time, logs);
        Modules = new(onModuleLine, time, logs.CreateLogger<ModuleSupervisor>()) { EdgeAgent = EdgeAgent.Metrics };
        Gauge = options.IsAheadOfTime ? new(Modules, EdgeHub, time) : null;
        Disks = new(options.Disks, _folders);
        _verifier = VerifierIdentity.Open(_folders.VerifierFile, time.GetUtcNow());
        Provisioning = new(new() { Address = _addresses.Provisioning }, _authority, Cloud, time, logs);
        Direct = options.IsUplinkDirect ? new(DirectDevice.Of(options, _folders, Manifest, Provisioning.HostName), _authority, Cloud, Provisioning, time) : null;
        Clock = options.HasModuleClock ? new(_folders.ClockFile) : null;
        Gateway = new(_folders, _addresses, Provisioning.HostName, time, logs);
        _launcher = new(_folders, _addresses, _workload, Cloud, Manifest, programs, _verifier.CertificatePem, Disks, options.IsHubDevelopment, Gateway) { Direct = Direct?.Device, Clock = Clock, Gauge = Gauge };
    }

    /// <summary>The deployment.</summary>
    public DeploymentManifest Manifest { get; }

    /// <summary>IoT Hub.</summary>
    public CloudHub Cloud { get; }

    /// <summary>What arrives at IoT Hub.</summary>
    public CloudIntake Intake { get; }

    /// <summary>The link between edgeHub and IoT Hub.</summary>
    public Uplink Uplink { get; }

    /// <summary>The provisioning service. Whoever has a certificate of the simulation's authority is enrolled.</summary>
    public ProvisioningService Provisioning { get; }

    /// <summary>The gateway that enrols, and its enrolment server.</summary>
    public EnrollingGateway Gateway { get; }

    /// <summary>edgeHub.</summary>
    public EdgeHubBroker EdgeHub { get; }

    /// <summary>edgeAgent.</summary>
    public EdgeAgentRole EdgeAgent { get; }

    /// <summary>The built-in plant; null when a real device is read.</summary>
    public PlantServer? Plant { get; }

    /// <summary>The EtherNet/IP controllers: one for each that the deployment configures.</summary>
    public ImmutableArray<EtherNetIpPlantServer> Controllers { get; }

    /// <summary>The modules.</summary>
    public ModuleSupervisor Modules { get; }

    /// <summary>What the modules take; null unless they were compiled ahead of time.</summary>
    public ModuleGauge? Gauge { get; }

    /// <summary>The spans of batches that were verified.</summary>
    public VerificationTraces Traces { get; } = new();

    /// <summary>Folders of modules and of the simulation.</summary>
    public SimulationFolders Folders => _folders;

    /// <summary>Where things listen.</summary>
    public SimulationAddresses Addresses => _addresses;

    /// <summary>The device that SecureBuffer is past edgeHub; null if it sends through edgeHub.</summary>
    public DeviceLife? Direct { get; }

    /// <summary>The clock of the modules, if it can be set.</summary>
    public ModuleClock? Clock { get; }

    /// <summary>Disks of modules.</summary>
    public ModuleDisks Disks { get; }

    /// <summary>What can be broken.</summary>
    public SimulationFaults Faults => new(this);

    /// <summary>The order in which modules stop without losing what is on its way.</summary>
    public ImmutableArray<ImmutableArray<string>> StopWaves => StopOrder.Of(Manifest);

    /// <summary>A check of what arrives from now on. Call it before <see cref="StartAsync"/> to miss nothing.</summary>
    public DeliveryWatch WatchDelivery()
    {
        ImmutableArray<UniquePoint> points = Plant is null ? [] : UniquePoints.FindAll(Manifest, Plant.Memory, Controllers);
        ContentRules rules = Plant is null ? ContentRules.None : new([.. Manifest.Modules.SelectMany(module => PlantRules.Find(module.Desired, Plant.Memory))]);
        return new(
            NewCheck(new(_verifier.Key, rules) { Judged = (message, verdict, arrived) => Traces.Judged(message.Properties, verdict, arrived, _time.GetUtcNow()) }),
            NewCheck(new(_verifier.Key, rules)),
            Plant?.Memory.Ledger,
            () => Controllers.Sum(controller => controller.Device.Writes.Values.Sum(count => (long)count)),
            Intake);

        DeliveryCheck NewCheck(SealCheck seals) => new(points, isPlantOurs: Plant is not null, seals) { IsClockWrong = _options.HasModuleClock };
    }

    /// <summary>Starts everything, the modules last and in their order.</summary>
    /// <exception cref="IOException">A port is taken.</exception>
    /// <exception cref="DiskException">A disk that a fault needs cannot be had.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_options.StartsOffline)
        {
            SetUplink(UplinkState.Cut);
        }

        await File.WriteAllTextAsync(_folders.TrustBundleFile, _authority.TrustBundlePem, cancellationToken);
        _revocationLists = await RevocationListEndpoint.StartAsync(_authority, _addresses.IotHub, SimulationAddresses.RevocationListPort, _logs, cancellationToken);
        await Cloud.StartAsync(cancellationToken);
        Provisioning.Enrolments.Put(new Enrolment.Group("gateways", [_authority.Issuing]));
        await Provisioning.StartAsync();
        Direct?.Begin(_options.IsDirectShortLived);
        Clock?.Set(TimeSpan.Zero);
        await Gateway.StartAsync(_authority, cancellationToken);
        _intake = Intake.RunAsync(_end.Token);
        _launcher.RegisterIdentities();
        await EdgeHub.StartAsync(cancellationToken);
        await EdgeAgent.StartAsync(cancellationToken);
        Plant?.Start();
        foreach (var controller in Controllers)
        {
            controller.Start();
        }

        foreach (var (index, module) in Manifest.Modules.Index())
        {
            await _launcher.StartAsync(module, index, Modules, cancellationToken);
        }
    }

    /// <summary>Cuts, silences or opens every way from the gateway to the cloud.</summary>
    public void SetUplink(UplinkState state)
    {
        Uplink.Set(state);
        Cloud.SetDeviceLinks(state);
    }

    /// <summary>What a module is started with to have a token that ends in some seconds.</summary>
    public ImmutableDictionary<string, string> TokenOf(string module) => _launcher.VariablesOfToken(module, _time.GetUtcNow() + TokenLife);

    /// <summary>Waits until the first values flow: a reader has its plan and asks the plant, or, with a real device, a message is at the cloud side.</summary>
    public Task WaitUntilFlowingAsync(CancellationToken cancellationToken) => Plant is null
        ? Intake.Changed.WaitUntilAsync(() => Intake.Count > 0, cancellationToken)
        : Plant.Answered.WaitUntilAsync(() => Plant.Answers > 0, cancellationToken);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Modules.Dispose();
        Disks.Dispose();
        await (Plant?.DisposeAsync() ?? ValueTask.CompletedTask);
        foreach (var controller in Controllers)
        {
            await controller.DisposeAsync();
        }

        await EdgeHub.DisposeAsync();
        await EdgeAgent.DisposeAsync();
        await _workload.DisposeAsync();
        await _end.CancelAsync();
        await _intake.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        await Gateway.DisposeAsync();
        await Provisioning.DisposeAsync();
        await Cloud.DisposeAsync();
        await (_revocationLists?.DisposeAsync() ?? ValueTask.CompletedTask);
        Direct?.Dispose();
        _authority.Dispose();
        _verifier.Dispose();
        Traces.Dispose();
        _addresses.Dispose();
        _folders.Dispose();
        _end.Dispose();
    }
}
