using Microsoft.Extensions.Hosting;
using Sallyport.Hosting;
using Sallyport.IotHub.Provisioning;
using Sallyport.SecureBuffer.Configuration;

namespace Sallyport.SecureBuffer.Delivery;

/// <summary>Runs the direct uplink while the plan wants one, and another one when the plan wants another. Stops after the courier, which still sends.</summary>
internal sealed class DirectUplinkWorker(CurrentPlan<BufferPlan> plans, Uplinks uplinks, DirectUplinkFactory factory) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        CurrentPlan<BufferPlan>.Edition? edition = null;
        while (true)
        {
            edition = edition?.Plan.Direct is { } direct
                ? await RunAsync(direct, edition, stoppingToken)
                : await plans.WaitForNextAsync(edition, stoppingToken);
        }
    }

    // Until a plan says otherwise; that plan.
    private async Task<CurrentPlan<BufferPlan>.Edition> RunAsync(
        DirectUplinkPlan direct, CurrentPlan<BufferPlan>.Edition edition, CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        DirectUplink uplink = factory.Create(direct);
        Task running = uplink.RunAsync(end.Token);
        uplinks.Direct = uplink;
        try
        {
            while (edition.Plan.Direct == direct)
            {
                Task<CurrentPlan<BufferPlan>.Edition> next = plans.WaitForNextAsync(edition, end.Token);
                if (await Task.WhenAny(next, running) == running)
                {
                    await running; // It ends only by a bug, or because we stop.
                    stop.ThrowIfCancellationRequested();
                }

                edition = await next;
            }

            return edition;
        }
        finally
        {
            uplinks.Direct = null;
            await end.CancelAsync();
            await running;
        }
    }
}
