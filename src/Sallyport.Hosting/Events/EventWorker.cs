using Microsoft.Extensions.Hosting;

namespace Sallyport.Hosting.Events;

internal sealed class EventWorker(OutputEventSink sink) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => sink.RunAsync(stoppingToken);
}
