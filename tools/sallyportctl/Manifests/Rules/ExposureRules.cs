using System.Collections.Immutable;

namespace Sallyport.Ctl.Manifests.Rules;

/// <summary>What a container may see of the host, and the network of a container.</summary>
internal static class ExposureRules
{
    private const string StatusPage = "Watchdog";

    // The status page, and edgeHub for a module in the host's network.
    private static readonly (string Module, string Port)[] MayPublish = [(StatusPage, "8880/tcp"), ("edgeHub", "8883/tcp")];

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
            $"No port is published but {string.Join(" and ", MayPublish.Select(one => $"{one.Port} of {one.Module}"))}, and never on all addresses of the host.",
            "Take it out of PortBindings, or give it \"HostIp\": \"127.0.0.1\".",
            Ports),
        new(
            "published-address",
            RuleSeverity.Warning,
            "The status page is published on the host's loopback, or knowingly on one address of a management network.",
            "Give it \"HostIp\": \"127.0.0.1\", or see that the firewall lets nobody but the management network reach the address: the page has no login.",
            static document => document.Containers.Where(container => container.Name is StatusPage).SelectMany(container => container.PublishedPorts.Where(IsElsewhere).Select(NotLoopback))),
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

        foreach (PublishedPort port in container.PublishedPorts)
        {
            if (!MayPublish.Contains((container.Name, port.Inside)))
            {
                yield return new Complaint(port.Pointer, $"{port.Inside} of {container.Name} is published.");
            }
            else if (port.IsEverywhere)
            {
                yield return new Complaint($"{port.Pointer}/HostIp", "The port is published on all addresses of the host.");
            }
            else if (container.Name is not StatusPage && IsElsewhere(port))
            {
                yield return NotLoopback(port);
            }
        }
    }

    private static bool IsElsewhere(PublishedPort port) => !port.IsLoopback && !port.IsEverywhere;

    private static Complaint NotLoopback(PublishedPort port) => new($"{port.Pointer}/HostIp", $"{port.HostAddress} is not the host's loopback.");
}
