using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sallyport.Acquisition.Polling;
using Sallyport.Acquisition.Publishing;
using Sallyport.Hosting;
using Sallyport.IotHub;
using Sallyport.ModbusMaster.Configuration;

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
        int polling = Array.IndexOf(workers, typeof(PollingWorker<DevicePlan, UnitPlan, PollPlan>).Name);
        Assert.True(polling > Array.IndexOf(workers, nameof(PublishingWorker)));
        Assert.Equal(workers.Length - 1, polling);

        builder.Services.AddSingleton<IHubConnection>(new RecordingHub());
        await using ServiceProvider provider = builder.Services.BuildServiceProvider();
        Assert.NotNull(provider.GetRequiredService<PollingSupervisor<DevicePlan, UnitPlan, PollPlan>>());
        Assert.NotNull(provider.GetRequiredService<ReaderOutboxes>());
    }
}
