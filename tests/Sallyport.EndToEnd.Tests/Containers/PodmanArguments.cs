using System.Text.Json.Nodes;

namespace Sallyport.EndToEnd.Tests.Containers;

/// <summary>The create options of a deployment, as arguments of <c>podman run</c>. One that it does not know fails the test, so that none is dropped.</summary>
internal static class PodmanArguments
{
    /// <param name="createOptions">As the manifest has them.</param>
    /// <param name="folderOf">The folder of this machine that plays a named volume.</param>
    public static IEnumerable<string> Of(JsonObject createOptions, Func<string, string> folderOf) => createOptions.SelectMany(one => one switch
    {
        ("User", { } user) => ["--user", $"{user}"],
        ("HostConfig", JsonObject host) => host.SelectMany(option => OfHost(option.Key, option.Value!, folderOf)),
        _ => Unknown(one.Key),
    });

    private static string[] OfHost(string name, JsonNode value, Func<string, string> folderOf) => name switch
    {
        // podman would put file systems that can be written over /run, /tmp and /var/tmp; Docker does not.
        "ReadonlyRootfs" when (bool)value => ["--read-only", "--read-only-tmpfs=false"],
        "CapDrop" => [.. value.AsArray().SelectMany(capability => (string[])["--cap-drop", $"{capability}"])],
        "SecurityOpt" => [.. value.AsArray().SelectMany(option => (string[])["--security-opt", $"{option}"])],
        "PidsLimit" => ["--pids-limit", $"{value}"],
        "Memory" => ["--memory", $"{value}"],
        "Tmpfs" => [.. value.AsObject().SelectMany(mount => (string[])["--tmpfs", $"{mount.Key}:{mount.Value}"])],
        "Mounts" => [.. value.AsArray().SelectMany(mount => OfMount(mount!, folderOf))],
        "LogConfig" => ["--log-driver", $"{value["Type"]}", .. value["Config"]!.AsObject().SelectMany(option => (string[])["--log-opt", $"{option.Key}={option.Value}"])],
        _ => Unknown(name),
    };

    private static string[] OfMount(JsonNode mount, Func<string, string> folderOf) =>
        (string?)mount["Type"] is "volume" && mount.AsObject().All(one => one.Key is "Type" or "Source" or "Target")
            ? ["--volume", $"{folderOf($"{mount["Source"]}")}:{mount["Target"]}"]
            : Unknown($"a mount like {mount.ToJsonString()}");

    private static string[] Unknown(string what)
    {
        Assert.Fail($"{what} is not a create option that these tests know.");
        return [];
    }
}
