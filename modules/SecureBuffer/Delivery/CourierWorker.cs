using Microsoft.Extensions.Hosting;

namespace Sallyport.SecureBuffer.Delivery;

/// <summary>Runs the loop.</summary>
internal sealed class CourierWorker(CourierLoop loop) : BackgroundService
{
    /// <summary>Which bell wakes the loop.</summary>
    public const string BellKey = "courier";

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => loop.RunAsync(stoppingToken);
}
