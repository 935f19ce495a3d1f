using Microsoft.Extensions.Hosting;

namespace Sallyport.CertificateManager.Renewal;

internal sealed class RenewalWorker(RenewalLoop loop) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => loop.RunAsync(stoppingToken);
}
