using Microsoft.Extensions.Hosting;
using Sallyport.IotHub;

namespace Sallyport.Hosting.Configuration;

/// <summary>Has a first plan in force before the workers after it start, listens to the twin from then on, and reports.</summary>
internal sealed class PlanWorker<TPlan>(
    PlanSeed<TPlan> seed, PlanFlow<TPlan> flow, PlanReporter reporter, IHubConnection hub) : BackgroundService
    where TPlan : class
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        hub.OnDesired(flow.TakeDesiredAsync);
        await seed.TakeAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => reporter.RunAsync(stoppingToken);
}
