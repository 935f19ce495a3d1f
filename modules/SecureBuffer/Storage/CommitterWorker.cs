using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sallyport.SecureBuffer.Ring;

namespace Sallyport.SecureBuffer.Storage;

/// <summary>Lets the committer step until the module stops, then commits for the last time: after the courier, which stops first.</summary>
internal sealed class CommitterWorker(Committer committer, Lanes lanes, [FromKeyedServices(CommitterWorker.BellKey)] Bell bell) : BackgroundService
{
    /// <summary>Which bell wakes it.</summary>
    public const string BellKey = "committer";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await lanes.WhenOpenAsync(stoppingToken);
            while (true)
            {
                await bell.SleepAsync(committer.Step(), stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            committer.End();
        }
    }
}
