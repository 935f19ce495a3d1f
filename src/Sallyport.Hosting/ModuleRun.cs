using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Sallyport.Hosting.Endpoint;
using Sallyport.Hosting.Health;
using Sallyport.IotHub;

namespace Sallyport.Hosting;

/// <summary>One run of a module from its first check to its exit code.</summary>
internal static partial class ModuleRun
{
    private const int Orderly = 0;
    private const int WorkerDied = 1;
    private const int Refused = 2;
    private const int LastPushInMilliseconds = 2000;

    public static async Task<int> RunAsync(IServiceProvider services, IHost host)
    {
        ILogger logger = services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(EdgeModule).FullName!);
        try
        {
            services.GetRequiredService<ModuleArguments>().Check();
            EdgeModuleOptions options = ReadOptions(services);
            return services.GetRequiredService<ModuleArguments>().AsksForHealth
                ? await HealthProbe.RunAsync(options, Console.Out)
                : await RunAsync(services, host, logger);
        }
        catch (OptionsValidationException e)
        {
            foreach (string failure in e.Failures)
            {
                StartRefused(logger, failure);
            }
        }
        catch (Exception e) when (e is StartRefusedException or EdgeEnvironmentException)
        {
            StartRefused(logger, e.Message);
        }

        return Refused;
    }

    private static async Task<int> RunAsync(IServiceProvider services, IHost host, ILogger logger)
    {
        SystemRoots.LeaveOut(services.GetRequiredService<IConfiguration>());
        ModuleIdentity identity = services.GetRequiredService<ModuleIdentity>();

        // Before any worker is made: what is counted before somebody listens is lost.
        MeterProvider metrics = services.GetRequiredService<MeterProvider>();
        TracerProvider? traces = services.GetService<TracerProvider>();
        services.GetRequiredService<EndpointServer>().Bind();
        BackgroundService[] workers = [.. services.GetServices<IHostedService>().OfType<BackgroundService>()];
        services.GetRequiredService<ModuleHealth>().Watch(workers);

        // A worker that fails takes the host down. At this moment nobody was told to stop yet, so who has ended has died,
        // even if by a stray cancellation, which does not count as a fault later.
        BackgroundService[] dead = [];
        IHostApplicationLifetime lifetime = services.GetRequiredService<IHostApplicationLifetime>();
        using CancellationTokenRegistration onStopping = lifetime.ApplicationStopping.Register(() =>
            dead = [.. workers.Where(worker => worker.ExecuteTask is { IsCompleted: true, IsCompletedSuccessfully: false })]);

        Started(logger, identity.ModuleId, identity.DeviceId);
        await host.StartAsync();
        await host.WaitForShutdownAsync();

        // The last values and spans, by OTLP. When the container is disposed of, the meters go before their listener.
        _ = metrics.Shutdown(LastPushInMilliseconds);
        _ = traces?.Shutdown(LastPushInMilliseconds);
        BackgroundService[] died = [.. dead.Union(workers.Where(worker => worker.ExecuteTask is { IsFaulted: true }))];
        foreach (BackgroundService worker in died)
        {
            Died(logger, WorkerName.Of(worker), worker.ExecuteTask!.Exception?.InnerException);
        }

        BackgroundService[] late = [.. workers.Where(worker => worker.ExecuteTask is { IsCompleted: false })];
        foreach (BackgroundService worker in late)
        {
            Late(logger, WorkerName.Of(worker), EdgeModule.ShutdownTimeout.TotalSeconds);
        }

        Stopped(logger);
        return died.Length + late.Length == 0 ? Orderly : WorkerDied;
    }

    private static EdgeModuleOptions ReadOptions(IServiceProvider services)
    {
        try
        {
            return services.GetRequiredService<IOptions<EdgeModuleOptions>>().Value;
        }
        catch (InvalidOperationException e)
        {
            // The binder cannot make a number of a text. Its message names the key with colons; environment variables have underscores.
            throw new StartRefusedException("Environment", e.Message.Replace(":", "__", StringComparison.Ordinal));
        }
    }

    [LoggerMessage(4000, LogLevel.Information, "Module {Module} on {Device} starts.")]
    private static partial void Started(ILogger logger, string module, string device);

    [LoggerMessage(4001, LogLevel.Information, "The module has stopped.")]
    private static partial void Stopped(ILogger logger);

    [LoggerMessage(4002, LogLevel.Critical, "The start is refused. {Refusal}")]
    private static partial void StartRefused(ILogger logger, string refusal);

    [LoggerMessage(4003, LogLevel.Critical, "The worker {Worker} has died.")]
    private static partial void Died(ILogger logger, string worker, Exception? cause);

    [LoggerMessage(4004, LogLevel.Error, "The worker {Worker} did not stop within {Seconds} s.")]
    private static partial void Late(ILogger logger, string worker, double seconds);
}
