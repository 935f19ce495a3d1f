using Microsoft.Extensions.DependencyInjection;
using Sallyport.Hosting;
using Sallyport.Watchdog.Annunciator;
using Sallyport.Watchdog.Configuration;
using Sallyport.Watchdog.Delivery;
using Sallyport.Watchdog.Posture;
using Sallyport.Watchdog.Status;
using Sallyport.Watchdog.StatusPage;

namespace Sallyport.Watchdog;

/// <summary>The parts of the module: what it is told, what it watches, what it makes of it, and how people see it.</summary>
internal static class ServiceCollectionExtensions
{
    public static IServiceCollection AddWatchdog(this IServiceCollection services) => services
        .AddOutputEvents("events")
        .AddModulePlan<WatchdogPlan, WatchdogPlanReader>()
        .AddSingleton<StatusBoard>()
        .AddDeliveryWatch()
        .AddPosture()
        .AddAnnunciator()
        .AddStatusPage();
}
