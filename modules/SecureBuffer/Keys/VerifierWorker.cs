using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sallyport.Hosting;
using Sallyport.SecureBuffer.Configuration;
using Sallyport.SecureBuffer.Ring;
using Sallyport.SecureBuffer.Storage;

namespace Sallyport.SecureBuffer.Keys;

/// <summary>Lets a changed certificate of the verifier take effect at once.</summary>
internal sealed class VerifierWorker(
    Announcer announcer, Lanes lanes, CurrentPlan<BufferPlan> plans, [FromKeyedServices(CommitterWorker.BellKey)] Bell bell) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lanes.WhenOpenAsync(stoppingToken);
        CurrentPlan<BufferPlan>.Edition? edition = null;
        while (true)
        {
            edition = await plans.WaitForNextAsync(edition, stoppingToken);
            announcer.Use(edition.Plan.Verifier);
            bell.Ring();
        }
    }
}
