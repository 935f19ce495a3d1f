using Microsoft.Extensions.DependencyInjection;

namespace Sallyport.Watchdog.StatusPage;

/// <summary>What people see in a browser or a terminal.</summary>
internal static class StatusPageParts
{
    public static IServiceCollection AddStatusPage(this IServiceCollection services) => services
        .AddSingleton<StatusAnswers>()
        .AddSingleton<StatusPageMetrics>()
        .AddSingleton<StatusPageLoop>()
        .AddHostedService<StatusPageWorker>();
}
