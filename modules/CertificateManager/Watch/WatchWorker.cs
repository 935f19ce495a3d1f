using Microsoft.Extensions.Hosting;

namespace Sallyport.CertificateManager.Watch;

internal sealed class WatchWorker(WatchLoop loop) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => loop.RunAsync(stoppingToken);
}
