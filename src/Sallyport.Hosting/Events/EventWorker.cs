using Microsoft.Extensions.Hosting;

namespace Sallyport.Hosting.Events;

internal sealed class EventWorker(OutputEventSink sink) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => sink.RunAsync(stoppingToken);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);

        // A stop right after the start comes before the worker ran at all; what was raised meanwhile still has to go out.
        if (ExecuteTask is { IsCanceled: true })
        {
            await sink.RunAsync(new CancellationToken(canceled: true));
        }
    }
}
