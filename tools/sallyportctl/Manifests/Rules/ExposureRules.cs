using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sallyport.Manifest;

namespace Sallyport.Ctl.Manifests.Rules;

/// <summary>What a container may see of the host, and the network of a container.</summary>
internal static class ExposureRules
{
    // The status page, and edgeHub for a module in the host's network.
    private static readonly (string Module, string Port)[] MayPublish = [("Watchdog", "8880/tcp"), ("edgeHub", "8883/tcp")];

    private static readonly string[] Loopback = ["127.0.0.1", "::1"];
    private static readonly string[] Sockets = ["docker.sock", "containerd.sock", "podman.sock"];
    private static readonly string[] Folders = ["/", "/boot", "/dev", "/etc", "/proc", "/root", "/run", "/sys", "/usr", "/var", "/var/run", "/var/lib/docker", "/var/lib/aziot"];

    // A module that inspects the plant's traffic sees it in the host's network only.
    private static readonly string[] MayUseHostNetwork = ["OtMonitor"];

    /// <summary>The rules.</summary>
    public static ImmutableArray<ManifestRule> All { get; } =
    [
        Of(
            "privileged",
            "No container is privileged.",
            "Take HostConfig.Privileged away; give the one device or capability that is needed.",
            static container => container.IsSet("Privileged") ? [new Complaint($"{container.HostPointer}/Privileged", "It is true.")] : []),
        Of(
            "engine-socket",
            "No container has the socket of the container engine: whoever has it is root on the host.",
            "Take the mount away.",
            static container => MountsWhere(container, source => Sockets.Any(socket => source.EndsWith(socket, StringComparison.Ordinal)), "is the engine's socket")),
        Of(
            "host-folders",
            "No container has a whole folder of the host's system.",
            "Mount the one file or folder that is needed, read-only where it is only read.",
            static container => MountsWhere(container, source => Folders.Contains(source.Length > 1 ? source.TrimEnd('/') : source, StringComparer.Ordinal), "is a folder of the system")),
        Of(
            "host-namespaces",
            "No container shares the host's network, processes, users or memory; OtMonitor alone may share the network.",
            "Take NetworkMode, PidMode, IpcMode, UTSMode and UsernsMode away.",
            Namespaces),
        Of(
            "published-ports",
            $"No port is published but {string.Join(" and ", MayPublish.Select(one => $"{one.Port} of {one.Module}"))}, and those on the host's loopback alone.",
            "Take it out of PortBindings, or give it \"HostIp\": \"127.0.0.1\".",
            Ports),
    ];

    private static ManifestRule Of(string id, string demand, string remedy, Func<Container, IEnumerable<Complaint>> judge) =>
        new(id, RuleSeverity.Error, demand, remedy, document => document.Containers.SelectMany(judge));

    private static IEnumerable<Complaint> MountsWhere(Container container, Func<string, bool> isBad, string what) =>
        container.Mounts.Where(mount => isBad(mount.Source)).Select(mount => new Complaint(container.HostPointer, $"{mount.Source} {what}; it is mounted at {(mount.Target.Length > 0 ? mount.Target : "/")}."));

    private static IEnumerable<Complaint> Namespaces(Container container)
    {
        foreach (string name in (string[])["NetworkMode", "PidMode", "IpcMode", "UTSMode", "UsernsMode"])
        {
            string? mode = container.Host?.Find(name)?.AsText();
            bool isShared = mode is "host" || mode?.StartsWith("container:", StringComparison.Ordinal) is true;
            if (isShared && !(name is "NetworkMode" && MayUseHostNetwork.Contains(container.Name, StringComparer.Ordinal)))
            {
                yield return new Complaint($"{container.HostPointer}/{name}", $"It is \"{mode}\".");
            }
        }
    }

    private static IEnumerable<Complaint> Ports(Container container)
    {
        if (container.IsSet("PublishAllPorts"))
        {
            yield return new Complaint($"{container.HostPointer}/PublishAllPorts", "It is true.");
        }

        foreach ((string port, ManifestNode bindings) in container.Host?.Find("PortBindings") is { Value: JsonObject } ports ? ports.Members : [])
        {
            if (!MayPublish.Contains((container.Name, port)))
            {
                yield return new Complaint(bindings.Pointer, $"{port} of {container.Name} is published.");
                continue;
            }

            foreach (ManifestNode binding in bindings.Elements)
            {
                string address = binding.Find("HostIp")?.AsText() ?? "";
                if (!Loopback.Contains(address, StringComparer.Ordinal))
                {
                    yield return new Complaint($"{binding.Pointer}/HostIp", address.Length is 0 ? "It is missing: the port is published on all addresses of the host." : $"{address} is not the host's loopback.");
                }
            }
        }
    }
}
