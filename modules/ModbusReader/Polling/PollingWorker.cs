using Microsoft.Extensions.Hosting;

namespace Sallyport.ModbusReader.Polling;

/// <summary>Ties <see cref="PollingSupervisor"/> to the life of the host. Stopped before <see cref="Publishing.PublishingWorker"/>.</summary>
internal sealed class PollingWorker(PollingSupervisor supervisor) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => supervisor.RunAsync(stoppingToken);
}
