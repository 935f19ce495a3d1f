using Microsoft.Extensions.Hosting;

namespace Sallyport.Watchdog.StatusPage;

internal sealed class StatusPageWorker(StatusPageLoop loop) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => loop.RunAsync(stoppingToken);
}
