using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Sallyport.Ctl.Manifests.Rules;

/// <summary>How edgeAgent and edgeHub have to be set up, and in which order modules start.</summary>
internal static class RuntimeRules
{
    private const string EdgeHub = "edgeHub";
    private const string SecureBuffer = "SecureBuffer";

    /// <summary>The rules.</summary>
    public static ImmutableArray<ManifestRule> All { get; } =
    [
        new(
            "upstream-protocol",
            RuleSeverity.Error,
            "edgeAgent and edgeHub speak MQTT with IoT Hub: port 8883 is the only way out of the module network.",
            "Add \"UpstreamProtocol\": { \"value\": \"Mqtt\" } to env.",
            static document => document.Containers.Where(container => container.IsSystem).SelectMany(container => Variable(container, "UpstreamProtocol", "Mqtt"))),
        new(
            "protocol-heads",
            RuleSeverity.Error,
            "edgeHub does not listen for AMQP: nobody here speaks it.",
            "Set AmqpSettings__Enabled to \"false\" in env.",
            static document => document.SystemModule(EdgeHub) is { } hub ? Variable(hub, "AmqpSettings__Enabled", "false") : []),
        new(
            "hub-metrics",
            RuleSeverity.Error,
            "edgeHub serves its metrics, by which SecureBuffer proves delivery and Watchdog knows of the cloud. Its web host does that, which runs only with the HTTP head; no port of it is published.",
            "Set HttpSettings__Enabled to \"true\" and take MetricsEnabled away in env of edgeHub.",
            static document => document.SystemModule(EdgeHub) is { } hub ? Metrics(hub) : []),
        new(
            "edge-hub-storage",
            RuleSeverity.Error,
            "What edgeHub stores lies on a mount, so that it can be the encrypted disk, and outlives the container.",
            "Set StorageFolder, and mount a folder of the encrypted file system there (docs/operations/manifests.md).",
            static document => document.SystemModule(EdgeHub) is { } hub ? Storage(hub) : []),
        new(
            "data-folder",
            RuleSeverity.Error,
            "The data folder of a module lies on a volume or folder of its own.",
            "Add the volume to Mounts, with the folder of Sallyport__DataFolder as its target.",
            static document => DataFolders(document)),
        new(
            "startup-order",
            RuleSeverity.Error,
            "edgeHub starts first, SecureBuffer before the modules that feed it, and each module says when.",
            "Set startupOrder: 0 for edgeHub, 1 for SecureBuffer, 2 and more for the others.",
            static document => StartupOrder(document)),
        new(
            "restart-policy",
            RuleSeverity.Error,
            "edgeHub and modules run, and are started again whenever they end.",
            "Set status to \"running\" and restartPolicy to \"always\".",
            static document => document.Containers.Where(container => container.Name is not "edgeAgent").SelectMany(container =>
                new[] { Member(container, "status", "running"), Member(container, "restartPolicy", "always") }.OfType<Complaint>())),
    ];

    private static IEnumerable<Complaint> Variable(Container container, string name, string value) => container.Variable(name) is var found && string.Equals(found, value, StringComparison.OrdinalIgnoreCase)
        ? []
        : [new Complaint($"{container.Node.Pointer}/env/{name}", found is null ? "It is missing." : $"\"{found}\" is not \"{value}\".")];

    private static IEnumerable<Complaint> Metrics(Container hub) =>
        from variable in hub.Environment
        where variable.Name.ToUpperInvariant() is "HTTPSETTINGS__ENABLED" or "METRICSENABLED" && variable.Value.ToUpperInvariant() is "FALSE"
        select new Complaint(variable.Pointer, "It is false: edgeHub would have no page of metrics.");

    private static Complaint? Member(Container container, string name, string value)
    {
        string? found = container.Node.Find(name)?.AsText();
        return string.Equals(found, value, StringComparison.Ordinal) ? null : new Complaint($"{container.Node.Pointer}/{name}", found is null ? "It is missing." : $"\"{found}\" is not \"{value}\".");
    }

    private static IEnumerable<Complaint> Storage(Container hub)
    {
        if (hub.Variable("StorageFolder") is not { } folder)
        {
            return [new Complaint($"{hub.Node.Pointer}/env/StorageFolder", "It is missing: edgeHub stores in the container itself.")];
        }

        return IsMounted(hub, folder) ? [] : [new Complaint($"{hub.HostPointer}/Mounts", $"Nothing is mounted at {folder}.")];
    }

    private static IEnumerable<Complaint> DataFolders(DeploymentDocument document) =>
        from module in document.Modules
        let folder = module.Variable("Sallyport__DataFolder")
        where module.IsOurs && (folder is null || !IsMounted(module, folder))
        select folder is null
            ? new Complaint($"{module.Node.Pointer}/env/Sallyport__DataFolder", "It is missing.")
            : new Complaint($"{module.HostPointer}/Mounts", $"Nothing is mounted at {folder}.");

    private static bool IsMounted(Container container, string folder) =>
        container.Mounts.Any(mount => string.Equals(folder, mount.Target, StringComparison.Ordinal) || folder.StartsWith(mount.Target + "/", StringComparison.Ordinal));

    private static IEnumerable<Complaint> StartupOrder(DeploymentDocument document)
    {
        long? hub = document.SystemModule(EdgeHub) is { } found ? OrderOf(found) : 0;
        long? buffer = document.Modules.FirstOrDefault(module => module.Name is SecureBuffer) is { } secure ? OrderOf(secure) : null;
        foreach (Container container in document.Containers.Where(container => container.Name is not "edgeAgent"))
        {
            string pointer = $"{container.Node.Pointer}/startupOrder";
            if (OrderOf(container) is not { } order)
            {
                yield return new Complaint(pointer, "It is missing.");
            }
            else if (!container.IsSystem && order <= hub)
            {
                yield return new Complaint(pointer, $"{order} is not after edgeHub's {hub}.");
            }
            else if (order <= buffer && !container.IsSystem && container.Name is not SecureBuffer && Feeds(document, container.Name))
            {
                yield return new Complaint(pointer, $"{order} is not after SecureBuffer's {buffer}, which the module feeds.");
            }
        }
    }

    private static bool Feeds(DeploymentDocument document, string module) => document.Routes.OfType<RouteEntry.Read>().Any(route =>
        route.Route.Sink is Manifest.Routing.RouteSink.ModuleInput { Module: SecureBuffer } && RouteRules.IsFrom(route.Route, module));

    private static long? OrderOf(Container container) => container.Node.Find("startupOrder")?.Value is JsonValue value && value.TryGetValue(out long order) && order >= 0 ? order : null;
}
