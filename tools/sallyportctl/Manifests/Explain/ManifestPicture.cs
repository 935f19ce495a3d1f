using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sallyport.Ctl.Manifests.Building;
using Sallyport.Ctl.Manifests.Egress;
using Sallyport.Ctl.Terminal;
using Sallyport.Manifest;
using Sallyport.Manifest.Routing;

namespace Sallyport.Ctl.Manifests.Explain;

/// <summary>What a manifest says, as tables.</summary>
internal static class ManifestPicture
{
    /// <summary>The tables, in the order in which somebody would ask.</summary>
    public static ImmutableArray<ReportTable> Of(DeploymentDocument document) => [Containers(document), Surroundings(document), Routes(document), Network(document), Sizes(document)];

    private static ReportTable Containers(DeploymentDocument document) => new(
        "Containers, in the order of their start",
        [">Order", "Module", "Image", "User", ">Memory", ">Processes"],
        [.. document.Containers.OrderBy(OrderOf).Select(container => ImmutableArray.Create(
            OrderOf(container) is long.MaxValue ? "last" : OrderOf(container) < 0 ? "-" : FormattableString.Invariant($"{OrderOf(container)}"),
            container.Name,
            container.Image.AsText(),
            container.Options?.Find("User")?.AsText() ?? "of the image",
            container.Number("Memory") is { } memory ? FormattableString.Invariant($"{memory / (1024 * 1024)} MiB") : "no limit",
            container.Number("PidsLimit") is { } processes ? FormattableString.Invariant($"{processes}") : "no limit"))]);

    private static ReportTable Surroundings(DeploymentDocument document) => new(
        "What they have of the host",
        ["Module", "Kind", "Of the host", "In the container"],
        [.. document.Containers.SelectMany(container =>
            container.Mounts.Select(mount => Row(container, mount.Source.StartsWith('/') ? "folder" : "volume", mount.Source, mount.Target))
                .Concat(container.List("Devices").Select(device => Row(container, "device", device["PathOnHost"].AsText(), device["PathInContainer"].AsText())))
                .Concat(container.List("GroupAdd").Select(group => Row(container, "group", group.AsText(), "")))
                .Concat(container.PublishedPorts.Select(port => Row(
                    container, "port", $"{(port.IsEverywhere ? "*" : port.HostAddress)}:{(port.HostPort.Length > 0 ? port.HostPort : "any")}", port.Inside))))]);

    private static ReportTable Routes(DeploymentDocument document) => new(
        "Routes, the first to go first",
        [">Priority", "From", "To", ">Kept for", "Condition", "Name"],
        [.. document.Routes.OrderBy(route => route is RouteEntry.Read read ? read.Route.Priority : long.MaxValue).ThenBy(route => route.Name, StringComparer.Ordinal).Select(Row)]);

    private static ReportTable Network(DeploymentDocument document) => new(
        "Whom they have to reach",
        ["Module", "Reaches", "Purpose"],
        [.. document.Containers.SelectMany(container => EgressNeeds.Of(document, container).Select(need => ImmutableArray.Create(container.Name, Words(need.Peer), need.Purpose)))]);

    private static ReportTable Sizes(DeploymentDocument document) => new(
        FormattableString.Invariant($"Sizes: a twin has at most {ManifestLimits.TwinBytes} bytes, create options {ManifestLimits.Pieces} pieces of {ManifestLimits.PieceBytes}"),
        ["Twin", ">Desired properties", ">Of the limit", ">Create options", ">Pieces"],
        [.. document.Content.Members.Where(member => member.Node.Find("properties.desired") is not null).Select(member => SizeRow(document, member.Name, member.Node["properties.desired"]))]);

    private static ImmutableArray<string> SizeRow(DeploymentDocument document, string name, ManifestNode desired)
    {
        int bytes = ManifestLimits.SizeOf(ManifestLimits.Deployed(desired.Value));
        JsonNode? options = document.Containers.FirstOrDefault(container => string.Equals(container.Name, name.TrimStart('$'), StringComparison.Ordinal))?.Options?.Value;
        return
        [
            name,
            FormattableString.Invariant($"{bytes}"),
            FormattableString.Invariant($"{bytes * 100.0 / ManifestLimits.TwinBytes:0} %"),
            options is null ? "none" : FormattableString.Invariant($"{ManifestLimits.SizeOf(options)}"),
            options is null ? "0" : FormattableString.Invariant($"{CreateOptionsPieces.Split(CanonicalJson.Line(options)).Count()}"),
        ];
    }

    private static ImmutableArray<string> Row(RouteEntry entry) => entry is RouteEntry.Read { Route: var route }
        ?
        [
            route.Priority is RouteDefinition.DefaultPriority ? "last" : FormattableString.Invariant($"{route.Priority}"),
            Short(route.Source.Path),
            route.Sink is RouteSink.ModuleInput input ? $"{input.Module}/{input.Input}" : "IoT Hub",
            route.TimeToLive is { } time ? Words(time) : "as all",
            route.Condition is null ? "none" : "WHERE",
            route.Name,
        ]
        : ["", "cannot be read", "", "", "", entry.Name];

    // /messages/modules/NAME/outputs/OUTPUT
    private static string Short(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries) switch
    {
        ["messages", "modules", var module, "outputs", var output] => $"{module}/{output}",
        ["messages", "modules", var module, ..] => $"{module}/*",
        _ => path,
    };

    private static string Words(EgressPeer peer) => peer switch
    {
        EgressPeer.Host host => $"{host.Name}, port {host.Port}",
        EgressPeer.Module module => $"{module.Name}, port {module.Port}",
        EgressPeer.IotHub => "IoT Hub, port 8883",
        EgressPeer.RevocationLists => "hosts named in certificates, port 80",
        EgressPeer.SerialLine line => $"none: serial line {line.Address}",
        EgressPeer.Unreadable unreadable => unreadable.Text,
        _ => "",
    };

    private static string Words(TimeSpan time) => time.TotalDays >= 2 ? FormattableString.Invariant($"{time.TotalDays:0} d")
        : time.TotalHours >= 1 ? FormattableString.Invariant($"{time.TotalHours:0.#} h")
        : FormattableString.Invariant($"{time.TotalSeconds:0} s");

    private static ImmutableArray<string> Row(Container container, string kind, string host, string inside) => [container.Name, kind, host, inside];

    // edgeAgent is there before there is an order.
    private static long OrderOf(Container container) => container.Name is "edgeAgent" ? -1
        : container.Node.Find("startupOrder")?.Value is JsonValue value && value.TryGetValue(out long order) ? order : long.MaxValue;
}
