using Microsoft.Extensions.Hosting;
using Sallyport.SecureBuffer.Decommissioning;

namespace Sallyport.SecureBuffer.Storage;

/// <summary>Opens the rings, unless they were to be destroyed. A worker that ends counts as dead, so it waits for the end of the module.</summary>
internal sealed class RingOpenerWorker(RingOpener opener, Decommissioner decommissioner) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!await decommissioner.ResumeAsync(stoppingToken))
        {
            await opener.RunAsync(stoppingToken);
        }

        await new TaskCompletionSource().Task.WaitAsync(stoppingToken);
    }
}
