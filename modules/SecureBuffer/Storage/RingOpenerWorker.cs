using Microsoft.Extensions.Hosting;

namespace Sallyport.SecureBuffer.Storage;

/// <summary>Opens the rings.</summary>
internal sealed class RingOpenerWorker(RingOpener opener) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => opener.RunAsync(stoppingToken);
}
