using System.Collections;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sallyport.Identity;
using Sallyport.Identity.Revocation;
using Sallyport.IotHub;

namespace Sallyport.Hosting.Hub;

/// <summary>Identity, key, plan store and connection, all from what the environment says.</summary>
internal static class HubRegistration
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton(provider => EdgeEnvironment.Read(Variables(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => ModuleIdentity.Of(provider.GetRequiredService<EdgeEnvironment>()));
        services.AddSingleton(provider => provider.GetRequiredService<EdgeEnvironment>().Key);
        services.AddSingleton(provider => new PlanStore(
            provider.GetRequiredService<IOptions<EdgeModuleOptions>>().Value.DataFolder,
            provider.GetRequiredService<IModuleKey>(),
            provider.GetRequiredService<ModuleIdentity>().ModuleId));
        services.AddSingleton<IHubConnection>(Connect);
        services.AddHostedService<HubWorker>();
    }

    private static HubConnection Connect(IServiceProvider provider)
    {
        TimeProvider time = provider.GetRequiredService<TimeProvider>();
        var hub = new HubConnection(
            provider.GetRequiredService<EdgeEnvironment>(),
            new HubConnectionOptions
            {
                Product = $"Sallyport/{typeof(EdgeModule).Assembly.GetName().Version}",
                Revocation = provider.GetRequiredService<IRevocationCheck>(),
            },
            provider.GetRequiredService<IMeterFactory>(),
            time,
            provider.GetRequiredService<ILoggerFactory>());
        var relay = new IncidentRelay(
            provider.GetRequiredService<ModuleIdentity>(), provider.GetRequiredService<IEventSink>, time);
        hub.OnIncident(relay.Relay);
        return hub;
    }

    private static Dictionary<string, string?> Variables()
    {
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            variables[(string)variable.Key] = (string?)variable.Value;
        }

        return variables;
    }
}
