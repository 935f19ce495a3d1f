using Microsoft.Extensions.DependencyInjection;
using Sallyport.Acquisition;
using Sallyport.Acquisition.Polling;
using Sallyport.EtherNetIp.Identity;
using Sallyport.EtherNetIpOriginator.Configuration;
using Sallyport.EtherNetIpOriginator.Device;
using Sallyport.EtherNetIpReader.Health;
using Sallyport.EtherNetIpReader.Methods;
using Sallyport.EtherNetIpReader.Polling;
using Sallyport.Hosting;

namespace Sallyport.EtherNetIpReader;

/// <summary>The parts of the module, in the order in which a value passes them. Workers stop in the opposite order: polling first, the way out last.</summary>
internal static class ServiceCollectionExtensions
{
    public static IServiceCollection AddEtherNetIpReader(this IServiceCollection services) => services
        .AddOutputEvents("status")
        .AddModulePlan<EtherNetIpPlan, EtherNetIpPlanReader>()
        .AddSingleton<EtherNetIpMetrics>()
        .AddSingleton<ControllerFactory>()
        .AddSingleton<Func<ControllerPlan, Action<IdentityObject>, IController>>(provider => provider.GetRequiredService<ControllerFactory>().Create)
        .AddSingleton<OpenControllers>()
        .AddReaderOutput()
        .AddSingleton<ReadingMetrics>()
        .AddSingleton<MismatchAlarm>()
        .AddSingleton<IPolledSources<SourcePlan, PollPlan>, PolledControllers>()
        .AddSingleton<ReadTagMethod>()
        .AddSingleton<TagLists>()
        .AddSingleton<BrowseMethod>()
        .AddSingleton<ReaderDiagnostics>()
        .AddHostedService<MethodHandlers>()
        .AddPolling<EtherNetIpPlan, SourcePlan, PollPlan>(plan => plan.Sources);
}
