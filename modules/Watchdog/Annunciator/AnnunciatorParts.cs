using Microsoft.Extensions.DependencyInjection;

namespace Sallyport.Watchdog.Annunciator;

/// <summary>Lamps and buzzers.</summary>
internal static class AnnunciatorParts
{
    public static IServiceCollection AddAnnunciator(this IServiceCollection services) => services
        .AddSingleton<IGpioKernel, GpioKernel>()
        .AddSingleton<IOutputMaker, OutputMaker>()
        .AddSingleton<AnnunciatorMetrics>()
        .AddSingleton<AnnunciatorLoop>()
        .AddHostedService<AnnunciatorWorker>();
}
