using Microsoft.Extensions.DependencyInjection;

namespace Sallyport.Watchdog.Annunciator;

/// <summary>Lamps and buzzers.</summary>
internal static class AnnunciatorParts
{
    public static IServiceCollection AddAnnunciator(this IServiceCollection services) => services;
}
