using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sallyport.CertificateManager.Configuration;
using Sallyport.CertificateManager.Methods;
using Sallyport.CertificateManager.Renewal;
using Sallyport.CertificateManager.Trust;
using Sallyport.CertificateManager.Watch;
using Sallyport.Hosting;
using Sallyport.Hosting.Keys;
using Sallyport.Identity.Keys;
using Sallyport.IotHub;

namespace Sallyport.CertificateManager;

/// <summary>The parts of the module: what it is told, the gateway's own certificate, what is trusted, what is watched, what is asked.</summary>
internal static class ServiceCollectionExtensions
{
    public static IServiceCollection AddCertificateManager(this IServiceCollection services) => services
        .AddOutputEvents("events")
        .AddModulePlan<CertificatePlan, CertificatePlanReader>()

        .AddSingleton(provider => new JournalFile(Path.Combine(DataFolderOf(provider), "identity")))
        .AddSingleton(provider => new KeyProbe(provider.GetRequiredService<TimeProvider>()))
        .AddSingleton(NewIdentityKeys)
        .AddSingleton<EnrolmentWork>()
        .AddSingleton<RenewalOrders>()
        .AddSingleton<RenewalStatus>()
        .AddSingleton<RenewalMetrics>()
        .AddSingleton<RenewalTale>()
        .AddSingleton<RenewalLoop>()
        .AddHostedService<RenewalWorker>()

        .AddSingleton(provider => new TrustFolder(Path.Combine(DataFolderOf(provider), "trust")))
        .AddSingleton<TrustUpdate>()
        .AddSingleton<TrustMetrics>()

        .AddSingleton<ApplicationStores>()
        .AddSingleton<EdgeHubHandshake>()
        .AddSingleton<Surveyor>()
        .AddSingleton<CertificateBoard>()
        .AddSingleton(provider => new AlertLedger(Path.Combine(DataFolderOf(provider), "certificate-alerts.json")))
        .AddSingleton<WatchMetrics>()
        .AddSingleton<WatchTale>()
        .AddSingleton<WatchLoop>()
        .AddHostedService<WatchWorker>()

        .AddSingleton<GetCertificatesMethod>()
        .AddSingleton<RenewMethod>()
        .AddSingleton<UpdateTrustMethod>()
        .AddHostedService<MethodHandlers>();

    private static string DataFolderOf(IServiceProvider provider) => provider.GetRequiredService<IOptions<EdgeModuleOptions>>().Value.DataFolder;

    private static IdentityKeys NewIdentityKeys(IServiceProvider provider)
    {
        IConfigurationSection section = provider.GetRequiredService<IConfiguration>().GetSection(DeviceKeyVariables.Section);
        var variables = new DeviceKeyVariables(
            section,
            Path.Combine(DataFolderOf(provider), "device-keys"),
            provider.GetRequiredService<EdgeEnvironment>().IsDevelopment,
            provider.GetRequiredService<TimeProvider>());
        return new IdentityKeys(variables.Read(), provider.GetRequiredService<KeyProbe>());
    }
}
