using Microsoft.Extensions.DependencyInjection;

namespace Sallyport.Watchdog.Posture;

/// <summary>How the box is hardened.</summary>
internal static class PostureParts
{
    public static IServiceCollection AddPosture(this IServiceCollection services) => services
        .AddSingleton<EdgeHubProbe>()
        .AddSingleton<PostureMetrics>()
        .AddSingleton<PostureInspection>()
        .AddSingleton<PostureTale>()
        .AddSingleton<PostureTwin>()
        .AddSingleton<PostureLoop>()
        .AddHostedService<PostureWorker>()
        .AddHostedService<RunPostureCheckMethod>();
}
