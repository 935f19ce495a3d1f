using Microsoft.Extensions.Hosting;

namespace Sallyport.SecureBuffer.Delivery;

/// <summary>Runs the loop.</summary>
internal sealed class CourierWorker(CourierLoop loop) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => loop.RunAsync(stoppingToken);
}
