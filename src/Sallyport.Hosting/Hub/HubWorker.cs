using Microsoft.Extensions.Hosting;
using Sallyport.IotHub;

namespace Sallyport.Hosting.Hub;

/// <summary>Runs the connection. Registered before all others, so it is stopped after all others: they can still flush.</summary>
internal sealed class HubWorker(IHubConnection hub, IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The parts of the module register their handlers while they start, and the connection wants them all before it runs.
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        await hub.RunAsync(stoppingToken);
    }
}
