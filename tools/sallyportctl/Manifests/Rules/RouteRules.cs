using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sallyport.Manifest.Routing;

namespace Sallyport.Ctl.Manifests.Rules;

/// <summary>Whether each message goes somewhere, and each route comes from and leads to somebody.</summary>
internal static class RouteRules
{
    private const string SecureBuffer = "SecureBuffer";

    /// <summary>The rules.</summary>
    public static ImmutableArray<ManifestRule> All { get; } =
    [
        new(
            "route-syntax",
            RuleSeverity.Error,
            "Each route can be read; for one that cannot, edgeHub refuses all of them.",
            "FROM /messages/modules/NAME/outputs/OUTPUT INTO BrokeredEndpoint(\"/modules/NAME/inputs/INPUT\") or INTO $upstream.",
            static document => document.Routes.OfType<RouteEntry.Refused>().Select(route => new Complaint(route.Node.Pointer, route.Reason))),
        new(
            "route-ends",
            RuleSeverity.Error,
            "Each route comes from a module and an output that are there, and leads to a module and an input that are there.",
            "Mend the name, add the module, or take the route away.",
            static document => Routes(document).SelectMany(route => Ends(document, route))),
        new(
            "output-lost",
            RuleSeverity.Error,
            "Each output of a module goes into SecureBuffer or to IoT Hub: what no route takes is dropped without a trace. What Watchdog asks SecureBuffer for ends there.",
            "Add a route from the output to /modules/SecureBuffer/inputs/telemetry or …/events, for SecureBuffer's own to $upstream.",
            static document => Lost(document)),
        new(
            "route-conditions",
            RuleSeverity.Warning,
            "A way into SecureBuffer or to IoT Hub has no condition: a message that it does not take is dropped without a trace.",
            "Take WHERE away, or make sure that another route takes the rest.",
            static document => Routes(document).Where(route => route.Route.Condition is not null && IsSafe(route.Route))
                .Select(route => new Complaint(route.Node.Pointer, "It has a WHERE."))),
        new(
            "route-priority",
            RuleSeverity.Error,
            "Each route says its priority and how long a message may wait.",
            "Write the route as an object with route, priority (0 to 9, 0 is first) and timeToLiveSecs.",
            static document => document.Routes.SelectMany(Priority)),
        new(
            "upstream-priority",
            RuleSeverity.Error,
            "SecureBuffer's route to IoT Hub has a priority that no other route to IoT Hub has: its proof of delivery needs a queue of its own.",
            "Give the other route another priority.",
            static document => UpstreamPriority(document)),
    ];

    /// <summary>Whether a route takes anything of a module.</summary>
    public static bool IsFrom(Route route, string module)
    {
        string path = route.Source.Path.TrimEnd('/');
        string all = RouteSource.Of(module, "");
        return route.Source.Takes(all) || new RouteSource(all).Takes(path);
    }

    private static IEnumerable<RouteEntry.Read> Routes(DeploymentDocument document) => document.Routes.OfType<RouteEntry.Read>();

    // IoT Hub may be the end for SecureBuffer and for modules of others; whatever is ours goes through the ring.
    private static bool IsSafe(Route route) => route.Sink is RouteSink.Upstream or RouteSink.ModuleInput { Module: SecureBuffer };

    private static IEnumerable<Complaint> Ends(DeploymentDocument document, RouteEntry.Read route)
    {
        if (!document.Modules.Any(module => IsFrom(route.Route, module.Name)))
        {
            yield return new Complaint(route.Node.Pointer, $"No module of this manifest sends to {route.Route.Source.Path}.");
        }
        else if (OutputOf(route.Route) is var (module, output) && ModuleEndpoints.Of(module) is { } sender && !sender.Outputs.Contains(output, StringComparer.OrdinalIgnoreCase))
        {
            yield return new Complaint(route.Node.Pointer, $"{module} has no output {output}; it has {string.Join(", ", sender.Outputs)}.");
        }

        if (route.Route.Sink is RouteSink.ModuleInput sink)
        {
            if (!document.Modules.Any(one => string.Equals(one.Name, sink.Module, StringComparison.Ordinal)))
            {
                yield return new Complaint(route.Node.Pointer, $"There is no module {sink.Module} in this manifest.");
            }
            else if (ModuleEndpoints.Of(sink.Module) is { } taker && !taker.Inputs.Contains(sink.Input, StringComparer.Ordinal))
            {
                yield return new Complaint(route.Node.Pointer, $"{sink.Module} has no input {sink.Input}; it has {(taker.Inputs.IsEmpty ? "none" : string.Join(", ", taker.Inputs))}.");
            }
        }
    }

    // /messages/modules/NAME/outputs/OUTPUT
    private static (string Module, string Output)? OutputOf(Route route) =>
        route.Source.Path.Split('/', StringSplitOptions.RemoveEmptyEntries) is ["messages", "modules", var module, "outputs", var output, ..] ? (module, output) : null;

    private static IEnumerable<Complaint> Lost(DeploymentDocument document) =>
        from module in document.Modules
        let endpoints = ModuleEndpoints.Of(module.Name)
        where endpoints is not null
        from output in endpoints.Outputs
        let source = RouteSource.Of(module.Name, output)
        where !Routes(document).Any(route => route.Route.Source.Takes(source) && IsSafe(route.Route))
        select new Complaint($"{document.Hub.Pointer}/routes", $"The output {output} of {module.Name} goes neither into {SecureBuffer} nor to IoT Hub.");

    private static IEnumerable<Complaint> Priority(RouteEntry route) => route.Node.Value is JsonObject entry
        ? ((string[])["priority", "timeToLiveSecs"]).Where(name => !entry.ContainsKey(name)).Select(name => new Complaint($"{route.Node.Pointer}/{name}", "It is missing."))
        : [new Complaint(route.Node.Pointer, "It has neither.")];

    private static IEnumerable<Complaint> UpstreamPriority(DeploymentDocument document)
    {
        RouteEntry.Read[] upstream = [.. Routes(document).Where(route => route.Route.Sink is RouteSink.Upstream)];
        long[] ofBuffer = [.. upstream.Where(route => IsFrom(route.Route, SecureBuffer)).Select(route => route.Route.Priority)];
        return upstream.Where(route => !IsFrom(route.Route, SecureBuffer) && ofBuffer.Contains(route.Route.Priority))
            .Select(route => new Complaint($"{route.Node.Pointer}/priority", $"{route.Route.Priority} is SecureBuffer's."));
    }
}
