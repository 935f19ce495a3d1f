using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sallyport.Hosting;
using Sallyport.IotHub;
using Sallyport.ModbusReader.Polling;
using Sallyport.ModbusReader.Publishing;

namespace Sallyport.ModbusReader.Tests;

public sealed class CompositionTests
{
    [Fact]
    public async Task Polling_stops_before_the_way_out_and_both_before_the_connection()
    {
        HostApplicationBuilder builder = EdgeModule.CreateBuilder([]);
        builder.Services.AddModbusReader();
        string[] workers = [.. builder.Services
            .Where(service => service.ServiceType == typeof(IHostedService))
            .Select(service => service.ImplementationType?.Name ?? "")];
        int polling = Array.IndexOf(workers, nameof(PollingWorker));
        Assert.True(polling > Array.IndexOf(workers, nameof(PublishingWorker)));
        Assert.Equal(workers.Length - 1, polling);

        builder.Services.AddSingleton<IHubConnection>(new RecordingHub());
        await using ServiceProvider provider = builder.Services.BuildServiceProvider();
        Assert.NotNull(provider.GetRequiredService<PollingSupervisor>());
        Assert.NotNull(provider.GetRequiredService<ReaderOutboxes>());
    }
}
