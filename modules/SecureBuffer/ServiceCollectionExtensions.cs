using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Sallyport.Hosting;
using Sallyport.IotHub;
using Sallyport.SecureBuffer.Configuration;
using Sallyport.SecureBuffer.Delivery;
using Sallyport.SecureBuffer.EdgeHub;
using Sallyport.SecureBuffer.Intake;
using Sallyport.SecureBuffer.Ring;
using Sallyport.SecureBuffer.Status;
using Sallyport.Telemetry;

namespace Sallyport.SecureBuffer;

/// <summary>The parts of the module.</summary>
internal static class ServiceCollectionExtensions
{
    private const int EdgeHubMetricsPort = 9600;

    /// <summary>From top to bottom as the data flow: inputs, ring, courier. Workers stop in the reverse order.</summary>
    public static IServiceCollection AddSecureBuffer(this IServiceCollection services) => services
        .AddSingleton<IEventSink, RingEventSink>()
        .AddModulePlan<BufferPlan, BufferPlanReader>()

        .AddSingleton<IntakeMetrics>()
        .AddSingleton<InputIntake>()
        .AddSingleton<StatusMethods>()
        .AddHostedService<InputBinding>()

        .AddSingleton<MomentClock>()
        .AddSingleton<Bell>()
        .AddSingleton(NewLanes)
        .AddSingleton<LaneMetrics>()

        .AddSingleton(NewMetricsClient)
        .AddSingleton<CourierMetrics>()
        .AddSingleton<Courier>()
        .AddSingleton<CourierLoop>()
        .AddHostedService<CourierWorker>();

    private static Lanes NewLanes(IServiceProvider provider) => new(
        NewLane(provider, "alerts", MessageType.Security, BufferPlan.Default.AlertsSizeInBytes),
        NewLane(provider, "bulk", MessageType.Telemetry, BufferPlan.Default.SizeInBytes),
        provider.GetRequiredService<Bell>(),
        provider.GetRequiredService<MomentClock>());

    private static Lane NewLane(IServiceProvider provider, string name, MessageType gapType, int size) => new(
        name,
        RingIdentity.New(name, provider.GetRequiredService<TimeProvider>(), RandomNumberGenerator.Fill),
        provider.GetRequiredService<ModuleIdentity>().ModuleId,
        new MemoryRing(gapType, new RingLimits(size, BufferPlan.Default.PageInBytes)));

    private static EdgeHubMetricsClient NewMetricsClient(IServiceProvider provider)
    {
        ModuleIdentity identity = provider.GetRequiredService<ModuleIdentity>();
        var address = new UriBuilder(
            Uri.UriSchemeHttp,
            provider.GetRequiredService<EdgeEnvironment>().GatewayHostName,
            EdgeHubMetricsPort,
            "metrics");
        return new EdgeHubMetricsClient(
            EdgeHubMetricsClient.NewHttpClient(),
            address.Uri,
            $"{identity.DeviceId}/{identity.ModuleId}",
            provider.GetRequiredService<TimeProvider>());
    }
}
