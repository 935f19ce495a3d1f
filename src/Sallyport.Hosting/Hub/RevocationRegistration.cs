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
            ? OptionsFor(folder, provider.GetRequiredService<IOptions<EdgeModuleOptions>>().Value.DataFolder)
            : new RevocationOptions { Fetches = false });
        services.AddSingleton<RevocationRefresh>();
        services.AddHostedService<RevocationWorker>();
    }

    // On our own volume nobody else makes it; elsewhere one that is absent was not mounted, and that is told.
    private static RevocationOptions OptionsFor(string folder, string dataFolder)
    {
        if (folder.StartsWith(dataFolder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            try
            {
                _ = Directory.CreateDirectory(folder);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // That the folder cannot be read is told at each look.
            }
        }

        return new RevocationOptions { Folder = folder, StateFolder = Path.Combine(dataFolder, "revocation") };
    }

    private static string? FolderOf(IServiceProvider provider) => provider.GetRequiredService<IOptions<EdgeModuleOptions>>().Value.RevocationFolder;
}
