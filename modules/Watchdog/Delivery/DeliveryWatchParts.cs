using Microsoft.Extensions.DependencyInjection;

namespace Sallyport.Watchdog.Delivery;

/// <summary>What the gateway delivers, and whether its modules and credentials are well.</summary>
internal static class DeliveryWatchParts
{
    public static IServiceCollection AddDeliveryWatch(this IServiceCollection services) => services;
}
