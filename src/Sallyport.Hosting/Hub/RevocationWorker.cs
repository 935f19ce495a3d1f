using Microsoft.Extensions.Hosting;
using Sallyport.Identity.Revocation;

namespace Sallyport.Hosting.Hub;

/// <summary>Keeps the revocation lists current. Without a folder for them nobody asks, and there is nothing to do.</summary>
internal sealed class RevocationWorker(RevocationRefresh refresh) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => refresh.RunAsync(stoppingToken);
}
