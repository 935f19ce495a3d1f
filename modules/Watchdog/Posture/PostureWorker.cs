using Microsoft.Extensions.Hosting;

namespace Sallyport.Watchdog.Posture;

internal sealed class PostureWorker(PostureLoop loop) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => loop.RunAsync(stoppingToken);
}
