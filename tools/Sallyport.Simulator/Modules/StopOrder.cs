using System.Collections.Immutable;
using Sallyport.Manifest;

namespace Sallyport.Simulator.Modules;

/// <summary>The order in which modules stop so that nothing on its way is lost: first those that nobody feeds, then those they fed.</summary>
internal static class StopOrder
{
    /// <summary>That of a deployment, as its routes lead.</summary>
    public static ImmutableArray<ImmutableArray<string>> Of(DeploymentManifest manifest)
    {
        string[] names = [.. manifest.Modules.Select(module => module.Name)];
        return Waves(names, RouteEndpoints.Feeds(manifest.EdgeHub, names));
    }

    /// <summary>Sorts modules into waves.</summary>
    /// <param name="modules">All modules.</param>
    /// <param name="feeds">Who sends to whom, from the routes between modules.</param>
    /// <returns>Waves, first to stop first. Modules that feed each other stop together.</returns>
    public static ImmutableArray<ImmutableArray<string>> Waves(IEnumerable<string> modules, IReadOnlyCollection<(string From, string To)> feeds)
    {
        var remaining = modules.ToHashSet(StringComparer.Ordinal);
        var waves = ImmutableArray.CreateBuilder<ImmutableArray<string>>();
        while (remaining.Count > 0)
        {
            string[] wave = [.. remaining.Where(module => !IsFed(module))];
            wave = wave.Length > 0 ? wave : [.. remaining];
            remaining.ExceptWith(wave);
            waves.Add([.. wave.Order(StringComparer.Ordinal)]);
        }

        return waves.ToImmutable();

        bool IsFed(string module) => feeds.Any(feed =>
            string.Equals(feed.To, module, StringComparison.Ordinal)
            && !string.Equals(feed.From, module, StringComparison.Ordinal)
            && remaining.Contains(feed.From));
    }
}
