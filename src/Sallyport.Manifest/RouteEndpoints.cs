using Sallyport.Manifest.Routing;

namespace Sallyport.Manifest;

/// <summary>Joins the routes of a deployment with its modules.</summary>
internal static class RouteEndpoints
{
    /// <summary>Reads the desired properties of <c>$edgeHub</c>, and refuses routes that lead from or to nobody.</summary>
    /// <param name="desired">The properties.</param>
    /// <param name="modules">Names of the deployment's modules.</param>
    /// <exception cref="ManifestException">edgeHub would refuse them, or a route leads nowhere.</exception>
    public static EdgeHubConfiguration Read(ManifestNode desired, IReadOnlyCollection<string> modules)
    {
        var configuration = Parse(desired);
        foreach (var route in configuration.Routes.Routes)
        {
            var node = desired["routes"][route.Name];
            if (route.Sink is RouteSink.ModuleInput input && !modules.Contains(input.Module, StringComparer.Ordinal))
            {
                throw new ManifestException(node.Pointer, $"The route leads to module {input.Module}, which is not deployed.");
            }

            if (!SendersOf(route, modules).Any())
            {
                throw new ManifestException(node.Pointer, $"No deployed module sends to {route.Source.Path}.");
            }
        }

        return configuration;
    }

    /// <summary>Who sends to whom, over inputs of modules.</summary>
    public static IReadOnlyList<(string From, string To)> Feeds(EdgeHubConfiguration configuration, IReadOnlyCollection<string> modules) =>
    [
        .. from route in configuration.Routes.Routes
           let input = route.Sink as RouteSink.ModuleInput
           where input is not null
           from sender in SendersOf(route, modules)
           select (sender, input.Module),
    ];

    /// <summary>The modules whose outputs lie at, above or below the route's source.</summary>
    private static IEnumerable<string> SendersOf(Route route, IEnumerable<string> modules)
    {
        var path = route.Source.Path.TrimEnd('/');
        return modules.Where(module =>
        {
            var source = RouteSource.Of(module, string.Empty);
            return route.Source.Takes(source) || new RouteSource(source).Takes(path);
        });
    }

    private static EdgeHubConfiguration Parse(ManifestNode desired)
    {
        try
        {
            return EdgeHubConfiguration.Read(desired.AsObject());
        }
        catch (RouteTableException refused)
        {
            throw new ManifestException(desired["routes"][refused.Route].Pointer, refused.Message);
        }
        catch (FormatException refused)
        {
            // "/place: reason"
            var colon = refused.Message.IndexOf(':', StringComparison.Ordinal);
            throw new ManifestException(desired.Pointer + refused.Message[..colon], refused.Message[(colon + 2)..]);
        }
    }
}
