using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Sallyport.Hosting.Endpoint;
using Sallyport.Hosting.Health;
using Sallyport.Hosting.Hub;
using Sallyport.Hosting.Logging;
using Sallyport.Hosting.Metrics;
using Sallyport.Hosting.Tracing;

namespace Sallyport.Hosting;

/// <summary>The frame that every module starts in.</summary>
public static class EdgeModule
{
    /// <summary>How long an orderly stop may take. The container engine must wait longer before it kills (<c>StopTimeout</c>).</summary>
    public static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(25);

    /// <summary>Creates a builder with everything that modules share: time, log, metrics, health, identity, connection.</summary>
    /// <param name="args">The command line: empty, or <c>--health</c>.</param>
    /// <remarks>What is registered here starts before the module's own workers and stops after them: they can send until their last moment.</remarks>
    public static HostApplicationBuilder CreateBuilder(string[] args)
    {
        // The empty builder: no settings files, no file watchers, no command line, no other loggers.
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddEnvironmentVariables();
        IConfigurationSection section = builder.Configuration.GetSection(EdgeModuleOptions.Section);
        ModuleLog.Add(builder.Logging, section[nameof(EdgeModuleOptions.LogLevel)]);

        IServiceCollection services = builder.Services;
        services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        services.Configure<ConsoleLifetimeOptions>(console => console.SuppressStatusMessages = true);
        services.AddOptions<EdgeModuleOptions>().Bind(section);
        services.AddSingleton<IValidateOptions<EdgeModuleOptions>, EdgeModuleOptionsValidator>();
        services.AddSingleton(new ModuleArguments(args));
        services.AddSingleton(TimeProvider.System);
        ModuleMetrics.Add(services, builder.Configuration);
        ModuleTraces.Add(services, builder.Configuration);
        services.AddSingleton<ModuleHealth>();
        services.AddSingleton<EndpointMetrics>();
        services.AddSingleton<EndpointConnection>();
        services.AddSingleton<EndpointServer>();
        services.AddHostedService(provider => provider.GetRequiredService<EndpointServer>());
        RevocationRegistration.Add(services);
        HubRegistration.Add(services);
        return builder;
    }

    /// <summary>Runs the module until it is told to stop or one of its workers dies, and disposes of it.</summary>
    /// <returns>The exit code: 0 after an orderly stop, 1 if a worker died or did not stop in time, 2 if the environment or the configuration was refused.</returns>
    public static async Task<int> RunAsync(IHost host)
    {
        using (host)
        {
            return await ModuleRun.RunAsync(host.Services, host);
        }
    }
}
