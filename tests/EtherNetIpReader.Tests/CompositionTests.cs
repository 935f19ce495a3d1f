using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sallyport.Acquisition.Polling;
using Sallyport.Acquisition.Publishing;
using Sallyport.EtherNetIpOriginator.Configuration;
using Sallyport.EtherNetIpOriginator.Device;
using Sallyport.EtherNetIpReader.Methods;
using Sallyport.Hosting;
using Sallyport.IotHub;

namespace Sallyport.EtherNetIpReader.Tests;

public sealed class CompositionTests
{
    [Fact]
    public async Task Polling_stops_before_the_way_out_and_both_before_the_connection()
    {
        HostApplicationBuilder builder = EdgeModule.CreateBuilder([]);
        builder.Services.AddEtherNetIpReader();
        string[] workers = [.. builder.Services
            .Where(service => service.ServiceType == typeof(IHostedService))
            .Select(service => service.ImplementationType?.Name ?? "")];
        int polling = Array.IndexOf(workers, typeof(PollingWorker<EtherNetIpPlan, SourcePlan, PollPlan>).Name);
        Assert.True(polling > Array.IndexOf(workers, nameof(PublishingWorker)));
        Assert.Equal(workers.Length - 1, polling);

        var hub = new RecordingHub();
        builder.Services.AddSingleton<IHubConnection>(hub);
        builder.Services.AddSingleton<Func<ControllerPlan, IController>>(plan => new ScriptedController(plan, TimeProvider.System));
        builder.Services.AddSingleton(new ModuleIdentity("edge-1", "EtherNetIpReader", "hub", "1"));
        await using ServiceProvider provider = builder.Services.BuildServiceProvider();
        Assert.NotNull(provider.GetRequiredService<PollingSupervisor<EtherNetIpPlan, SourcePlan, PollPlan>>());
        await ActivatorUtilities.CreateInstance<MethodHandlers>(provider).StartAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["browse", "getDiagnostics", "readTag"], hub.Methods.Keys.Order(StringComparer.Ordinal));
    }
}
