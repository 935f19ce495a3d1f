using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sallyport.Hosting;
using Sallyport.Hosting.Events;
using Sallyport.Hosting.Scraping;
using Sallyport.IotHub;
using Sallyport.Watchdog.Alarms;
using Sallyport.Watchdog.Audit;
using Sallyport.Watchdog.Devices;
using Sallyport.Watchdog.Events;
using Sallyport.Watchdog.Methods;
using Sallyport.Watchdog.Scraping;
using Sallyport.Watchdog.Storage;

namespace Sallyport.Watchdog.Delivery;

/// <summary>What the gateway delivers, and whether its modules and credentials are well.</summary>
internal static class DeliveryWatchParts
{
    private static readonly TimeSpan PageLimit = TimeSpan.FromSeconds(5);

    public static IServiceCollection AddDeliveryWatch(this IServiceCollection services) => services
        .AddUnhealthyWhile(
            "Nothing is delivered and another connection did not help: restart edgeHub with 'sudo iotedge restart edgeHub'.",
            provider => provider.GetRequiredService<AlarmBoard>().IsOpen(DeliveryFindings.Hopeless))

        .AddSingleton<RecentEvents>()
        .AddSingleton<DeviceMetrics>()
        .AddSingleton<DeviceBoard>()
        .AddSingleton<IntakeMetrics>()
        .AddSingleton<EventIntake>()

        .AddSingleton<ScrapeMetrics>()
        .AddSingleton(provider => new PageClient(PageClient.NewHttpClient(PageLimit), PageLimit, provider.GetRequiredService<TimeProvider>()))
        .AddSingleton(provider => new GatewayScraper(
            provider.GetRequiredService<PageClient>(),
            provider.GetRequiredService<EdgeEnvironment>().GatewayHostName,
            provider.GetRequiredService<ScrapeMetrics>(),
            provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<LastPages>()
        .AddSingleton<GatewayWatch>()

        .AddSingleton<AlarmBoard>()
        .AddSingleton<AlarmMetrics>()
        .AddSingleton<AlarmTale>()
        .AddSingleton(provider => new AcknowledgementLedger(FileOf(provider, "acknowledged.json"), provider.GetRequiredService<TimeProvider>()))

        .AddSingleton<AuditMetrics>()
        .AddSingleton<HostConfiguration>()
        .AddSingleton(provider => new ConfigurationAudit(
            FileOf(provider, "audited.json"),
            provider.GetRequiredService<HostConfiguration>(),
            provider.GetRequiredService<ModuleEvents>(),
            provider.GetRequiredService<RecentEvents>(),
            provider.GetRequiredService<AuditMetrics>(),
            provider.GetRequiredService<ILogger<ConfigurationAudit>>()))

        .AddSingleton<DeliveryMetrics>()
        .AddSingleton<DeliveryTale>()
        .AddSingleton<ReconnectRequest>()
        .AddSingleton<DeliveryLoop>()
        .AddHostedService<DeliveryWorker>()

        .AddSingleton<AcknowledgeMethod>()
        .AddSingleton<GetHealthMethod>()
        .AddHostedService<WatchBinding>();

    private static LedgerFile FileOf(IServiceProvider provider, string name) =>
        new(Path.Combine(provider.GetRequiredService<IOptions<EdgeModuleOptions>>().Value.DataFolder, name));
}
