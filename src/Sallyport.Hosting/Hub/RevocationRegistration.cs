using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sallyport.Identity.Revocation;

namespace Sallyport.Hosting.Hub;

/// <summary>The revocation lists of the module, for all its TLS connections.</summary>
internal static class RevocationRegistration
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<RevocationStore>();
        services.AddSingleton(provider => FolderOf(provider) is null
            ? (IRevocationCheck)NoRevocationLists.Instance
            : provider.GetRequiredService<RevocationStore>());
        services.AddSingleton(provider => FolderOf(provider) is { } folder
            ? new RevocationOptions
            {
                Folder = folder,
                StateFolder = Path.Combine(provider.GetRequiredService<IOptions<EdgeModuleOptions>>().Value.DataFolder, "revocation"),
            }
            : new RevocationOptions { Fetches = false });
        services.AddSingleton<RevocationRefresh>();
        services.AddHostedService<RevocationWorker>();
    }

    private static string? FolderOf(IServiceProvider provider) => provider.GetRequiredService<IOptions<EdgeModuleOptions>>().Value.RevocationFolder;
}
