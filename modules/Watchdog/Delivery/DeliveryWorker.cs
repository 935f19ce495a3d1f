using Microsoft.Extensions.Hosting;

namespace Sallyport.Watchdog.Delivery;

internal sealed class DeliveryWorker(DeliveryLoop loop) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => loop.RunAsync(stoppingToken);
}
