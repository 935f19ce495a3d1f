using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Sallyport.Acquisition;
using Sallyport.Acquisition.Health;
using Sallyport.Acquisition.Polling;
using Sallyport.Acquisition.Publishing;
using Sallyport.EtherNetIpOriginator.Configuration;
using Sallyport.EtherNetIpOriginator.Device;
using Sallyport.EtherNetIpReader.Health;
using Sallyport.EtherNetIpReader.Methods;
using Sallyport.EtherNetIpReader.Polling;
using Sallyport.Hosting;
using Sallyport.Telemetry;

namespace Sallyport.EtherNetIpReader;

/// <summary>The parts of the module, in the order in which a value passes them. Workers stop in the opposite order: polling first, the way out last.</summary>
internal static class ServiceCollectionExtensions
{
    public static IServiceCollection AddEtherNetIpReader(this IServiceCollection services) => services
        .AddOutputEvents("status")
        .AddModulePlan<EtherNetIpPlan, EtherNetIpPlanReader>()
        .AddSingleton<EtherNetIpMetrics>()
        .AddSingleton<ControllerFactory>()
        .AddSingleton<Func<ControllerPlan, IController>>(provider => provider.GetRequiredService<ControllerFactory>().Create)
        .AddSingleton<OpenControllers>()
        .AddSingleton<AcquisitionMetrics>()
        .AddSingleton(provider => new FrameAssembler(
            SessionId.New(provider.GetRequiredService<TimeProvider>(), RandomNumberGenerator.Fill)))
        .AddSingleton<ReaderOutboxes>()
        .AddSingleton<ClockWatch>()
        .AddHostedService<ClockWorker>()
        .AddSingleton<Func<double>>(Jitter.Next)
        .AddHostedService<PublishingWorker>()
        .AddSingleton<ReadingMetrics>()
        .AddSingleton<PollingParts>()
        .AddSingleton<MismatchAlarm>()
        .AddSingleton<IPolledSources<SourcePlan, PollPlan>, PolledControllers>()
        .AddSingleton<Func<EtherNetIpPlan, ImmutableArray<SourcePlan>>>(plan => plan.Sources)
        .AddSingleton<PollingSupervisor<EtherNetIpPlan, SourcePlan, PollPlan>>()
        .AddSingleton<ReadTagMethod>()
        .AddSingleton<TagLists>()
        .AddSingleton<BrowseMethod>()
        .AddSingleton<ReaderDiagnostics>()
        .AddHostedService<MethodHandlers>()
        .AddHostedService<PollingWorker<EtherNetIpPlan, SourcePlan, PollPlan>>();
}
