using Microsoft.Extensions.Hosting;

namespace Sallyport.Watchdog.Annunciator;

internal sealed class AnnunciatorWorker(AnnunciatorLoop loop) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => loop.RunAsync(stoppingToken);
}
