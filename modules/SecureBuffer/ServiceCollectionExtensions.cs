using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sallyport.Hosting;
using Sallyport.Hosting.Keys;
using Sallyport.Hosting.Scraping;
using Sallyport.IotHub;
using Sallyport.IotHub.Provisioning;
using Sallyport.SealedRing.Keys;
using Sallyport.SecureBuffer.Configuration;
using Sallyport.SecureBuffer.Decommissioning;
using Sallyport.SecureBuffer.Delivery;
using Sallyport.SecureBuffer.EdgeHub;
using Sallyport.SecureBuffer.Intake;
using Sallyport.SecureBuffer.Keys;
using Sallyport.SecureBuffer.Ring;
using Sallyport.SecureBuffer.Status;
using Sallyport.SecureBuffer.Storage;
using Sallyport.SecureBuffer.Tracing;

namespace Sallyport.SecureBuffer;

/// <summary>The parts of the module.</summary>
internal static class ServiceCollectionExtensions
{
    private const int EdgeHubMetricsPort = 9600;

    /// <summary>From top to bottom as the data flow: inputs, ring, courier. Workers stop in the reverse order: the courier, then the last commit, then the rest.</summary>
    public static IServiceCollection AddSecureBuffer(this IServiceCollection services) => services
        .AddSingleton<IEventSink, RingEventSink>()
        .AddUnhealthyWhile(
            "decommissioned: the rings are destroyed, and nothing is taken; docs/operations/secure-buffer.md says how to take the gateway in use again",
            provider => provider.GetRequiredService<Decommissioner>().Report is not null)
        .AddModulePlan<BufferPlan, BufferPlanReader>()

        .AddSingleton<BufferTraces>()
        .AddSingleton<IntakeMetrics>()
        .AddSingleton<InputIntake>()
        .AddSingleton<ControlMetrics>()
        .AddSingleton<ControlIntake>()
        .AddSingleton<StatusMethods>()
        .AddHostedService<InputBinding>()

        .AddSingleton<MomentClock>()
        .AddKeyedSingleton<Bell>(CommitterWorker.BellKey)
        .AddKeyedSingleton<Bell>(CourierWorker.BellKey)
        .AddSingleton(NewLanes)
        .AddSingleton<LaneMetrics>()

        .AddSingleton(NewCheckpointKey)
        .AddSingleton<Announcer>()
        .AddSingleton(NewRingPlace)
        .AddSingleton(provider => new ChallengeBook(provider.GetRequiredService<TimeProvider>(), RandomNumberGenerator.Fill))
        .AddSingleton<DecommissionMetrics>()
        .AddSingleton<DecommissionAudit>()
        .AddSingleton<Decommissioner>()
        .AddSingleton<DecommissionMethod>()
        .AddSingleton<RingOpener>()
        .AddHostedService<RingOpenerWorker>()
        .AddSingleton<LossWindow>()
        .AddSingleton<StorageMetrics>()
        .AddSingleton<Committer>()
        .AddHostedService<CommitterWorker>()
        .AddHostedService<VerifierWorker>()

        .AddSingleton<Uplinks>()
        .AddSingleton<DirectUplinkMetrics>()
        .AddSingleton<OwnRevocation>()
        .AddSingleton<DirectUplinkFactory>()
        .AddHostedService<DirectUplinkWorker>()
        .AddSingleton(NewMetricsClient)
        .AddSingleton<CourierMetrics>()
        .AddSingleton<Checkpointer>()
        .AddSingleton<Courier>()
        .AddSingleton<CourierLoop>()
        .AddHostedService<CourierWorker>();

    private static Lanes NewLanes(IServiceProvider provider) => new(
        NewLane(provider, "alerts"),
        NewLane(provider, "bulk"),
        provider.GetRequiredKeyedService<Bell>(CourierWorker.BellKey),
        provider.GetRequiredKeyedService<Bell>(CommitterWorker.BellKey),
        provider.GetRequiredService<MomentClock>());

    private static Lane NewLane(IServiceProvider provider, string name) => new(name, provider.GetRequiredService<ModuleIdentity>().ModuleId);

    private static RingPlace NewRingPlace(IServiceProvider provider)
    {
        string data = provider.GetRequiredService<IOptions<EdgeModuleOptions>>().Value.DataFolder;
        string folder = Path.Combine(data, "rings");

        // A decommissioned module uses no key, and makes none; those that it has it may have to destroy yet.
        GatewayKeys? keys = NewGatewayKeys(provider, folder, Path.Combine(data, "device-keys"));
        return (DecommissionMarker.Exists(folder), keys) switch
        {
            (true, _) => new RingPlace(folder, []) { Keys = keys },
            (false, not null) => new RingPlace(folder, [new DeviceKeyWrapper(keys.Agreement)]) { Keys = keys },
            _ => NewRingPlace(provider.GetRequiredService<EdgeEnvironment>(), folder),
        };
    }

    private static GatewayKeys? NewGatewayKeys(IServiceProvider provider, string folder, string keyFolder)
    {
        TimeProvider time = provider.GetRequiredService<TimeProvider>();
        IConfigurationSection section = provider.GetRequiredService<IConfiguration>().GetSection(DeviceKeyVariables.Section);
        var isDevelopment = provider.GetRequiredService<EdgeEnvironment>().IsDevelopment;
        return new DeviceKeyVariables(section, keyFolder, isDevelopment, time).Read() is { } plan
            ? new GatewayKeys(plan, folder, provider.GetRequiredService<IMeterFactory>(), time, provider.GetRequiredService<ILogger<GatewayKeys>>())
            : null;
    }

    // Without keys of the gateway's own: with the Edge daemon its key service; on a developer's machine a key file, which protects from nobody who has the disk.
    private static RingPlace NewRingPlace(EdgeEnvironment environment, string folder)
    {
        if (environment.Workload is { } workload)
        {
            return new RingPlace(folder, [new WorkloadKeyWrapper(workload, environment.ModuleId, environment.GenerationId)]);
        }

        Directory.CreateDirectory(folder);
        return FileKeyAgreement.Open(Path.Combine(folder, RingSweep.DevelopmentKey)) switch
        {
            KeyFileOpening.Opened opened => new RingPlace(folder, [new DeviceKeyWrapper(opened.Key)]) { DevelopmentKey = opened.Key },
            KeyFileOpening.Refused refused => throw new StartRefusedException("Sallyport__DataFolder", refused.Reason),
            _ => throw new InvalidOperationException("A key file is opened or refused."),
        };
    }

    // Without keys of the gateway's own nothing signs where there is an Edge daemon; on a developer's machine a key file does, which proves little: who has the disk has it.
    private static CheckpointKey NewCheckpointKey(IServiceProvider provider)
    {
        RingPlace place = provider.GetRequiredService<RingPlace>();
        string folder = place.Folder;
        if (place.Keys is { } keys)
        {
            return new CheckpointKey(keys.Signer);
        }

        if (provider.GetRequiredService<EdgeEnvironment>().Workload is not null || DecommissionMarker.Exists(folder))
        {
            return new CheckpointKey(Signer: null);
        }

        return FileCheckpointSigner.TryOpen(Path.Combine(folder, RingSweep.DevelopmentCheckpointKey), out FileCheckpointSigner? signer, out string? reason)
            ? new CheckpointKey(signer)
            : throw new StartRefusedException("Sallyport__DataFolder", reason);
    }

    private static EdgeHubMetricsClient NewMetricsClient(IServiceProvider provider)
    {
        ModuleIdentity identity = provider.GetRequiredService<ModuleIdentity>();
        var address = new UriBuilder(
            Uri.UriSchemeHttp,
            provider.GetRequiredService<EdgeEnvironment>().GatewayHostName,
            EdgeHubMetricsPort,
            "metrics");
        return new EdgeHubMetricsClient(
            new PageClient(PageClient.NewHttpClient(EdgeHubMetricsClient.Limit), EdgeHubMetricsClient.Limit, provider.GetRequiredService<TimeProvider>()),
            address.Uri,
            $"{identity.DeviceId}/{identity.ModuleId}");
    }
}
