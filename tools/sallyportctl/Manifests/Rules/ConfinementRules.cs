using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Sallyport.Ctl.Manifests.Rules;

/// <summary>What a container must not be able to do, and how much it may take. A container with a debug image is left out: a debugger needs what these take away.</summary>
internal static partial class ConfinementRules
{
    private const long MostProcesses = 1024;

    private static readonly string[] TmpfsFlags = ["noexec", "nosuid", "nodev", "size="];

    /// <summary>The rules.</summary>
    public static ImmutableArray<ManifestRule> All { get; } =
    [
        OfModules(
            "read-only-root",
            "The root file system of a module is read-only.",
            "Set HostConfig.ReadonlyRootfs to true, and give it volumes or Tmpfs where it writes.",
            "ReadonlyRootfs",
            static container => container.IsSet("ReadonlyRootfs") ? null : "It is not true."),
        OfModules(
            "capabilities",
            "A module has no capability of the kernel at all.",
            "Set HostConfig.CapDrop to [\"ALL\"] and take CapAdd away.",
            "CapDrop",
            static container => !Has(container, "CapDrop", "ALL") ? "It does not drop ALL." : container.List("CapAdd").Any() ? "CapAdd gives some back." : null),
        OfModules(
            "user",
            "A module runs as a number that is not 0, whatever its image says.",
            "Set User to \"1654:1654\" in the create options.",
            "../User",
            static container => container.Options?.Find("User")?.AsText() is not { } user ? "It is missing." : UserPattern.IsMatch(user) ? null : $"\"{user}\" is no number, or it is root."),
        OfModules(
            "tmpfs",
            "What is in memory runs no program, gives no rights, and has an end.",
            "Give each Tmpfs the flags rw,noexec,nosuid,nodev,size=16m.",
            "Tmpfs",
            Tmpfs),
        // What edgeAgent does as root at its start is not known well enough to take this away.
        Of(
            "no-new-privileges",
            "No program in a container gains rights that the first one did not have; edgeAgent is left out.",
            "Add \"no-new-privileges:true\" to HostConfig.SecurityOpt.",
            "SecurityOpt",
            static container => container.Name is not "edgeAgent",
            static container => Has(container, "SecurityOpt", "no-new-privileges:true") || Has(container, "SecurityOpt", "no-new-privileges") ? null : "It has no no-new-privileges."),
        Of(
            "process-limit",
            "The number of processes of each container has a limit.",
            $"Set HostConfig.PidsLimit to a number up to {MostProcesses}.",
            "PidsLimit",
            static _ => true,
            static container => container.Number("PidsLimit") is > 0 and <= MostProcesses ? null : "It is no limit."),
        Of(
            "memory-limit",
            "The memory of each container has a limit, the system modules' too.",
            "Set HostConfig.Memory to a number of bytes.",
            "Memory",
            static _ => true,
            static container => container.Number("Memory") is > 0 ? null : "It is no limit."),
        Of(
            "log-limit",
            "The log of each container rotates: it must not fill the disk.",
            "Set HostConfig.LogConfig to { \"Type\": \"json-file\", \"Config\": { \"max-size\": \"10m\", \"max-file\": \"3\" } }.",
            "LogConfig",
            static _ => true,
            static container => container.Host?.Find("LogConfig")?.Find("Config") is { } log && log.Find("max-size") is not null && log.Find("max-file") is not null
                ? null
                : "It has no max-size and max-file."),
    ];

    private static ManifestRule OfModules(string id, string demand, string remedy, string member, Func<Container, string?> judge) =>
        Of(id, demand, remedy, member, static container => !container.IsSystem, judge);

    private static ManifestRule Of(string id, string demand, string remedy, string member, Func<Container, bool> applies, Func<Container, string?> judge) =>
        new(id, RuleSeverity.Error, demand, remedy, document =>
            from container in document.Containers
            where applies(container) && !container.IsDebug
            let reason = judge(container)
            where reason is not null
            select new Complaint(PointerOf(container, member), reason));

    private static string PointerOf(Container container, string member) =>
        member.StartsWith("../", StringComparison.Ordinal) ? $"{container.Node.Pointer}/settings/createOptions/{member[3..]}" : $"{container.HostPointer}/{member}";

    private static bool Has(Container container, string list, string text) => container.List(list).Any(node => string.Equals(node.AsText(), text, StringComparison.OrdinalIgnoreCase));

    private static string? Tmpfs(Container container) =>
    (
        from place in container.Host?.Find("Tmpfs") is { Value: JsonObject } places ? places.Members : []
        let flags = place.Node.AsText().Split(',')
        let missing = TmpfsFlags.Where(flag => !flags.Any(given => given.StartsWith(flag, StringComparison.Ordinal))).ToArray()
        where missing.Length > 0
        select $"{place.Name} lacks {string.Join(", ", missing)}.").FirstOrDefault();

    [GeneratedRegex("^[1-9][0-9]*(:[1-9][0-9]*)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UserPattern { get; }
}
