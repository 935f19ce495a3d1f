using Sallyport.TestKit;

namespace Sallyport.EndToEnd.Tests.Containers;

/// <summary>A store of images and containers of its own, in a folder that goes with it. No network is made, and nothing of the machine's other containers is touched.</summary>
internal sealed class PodmanStore : IAsyncDisposable
{
    // runc, because crun wants limits raised, which a container that we may be in does not allow; nor does systemd watch over anything there.
    private const string Configuration =
        """
        [containers]
        default_ulimits = ["nofile=1024:4096", "nproc=1024:1024"]
        netns = "none"
        [engine]
        runtime = "runc"
        events_logger = "file"
        cgroup_manager = "cgroupfs"
        lock_type = "file"
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sallyport-podman-");
    private readonly string _podman;

    private PodmanStore(string podman)
    {
        _podman = podman;
        Variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["CONTAINERS_CONF"] = Path.Combine(_folder.FullName, "containers.conf"), ["DISABLE_HC_SYSTEMD"] = "true" };
        Options = ["--root", Path.Combine(_folder.FullName, "root"), "--runroot", Path.Combine(_folder.FullName, "run"), "--tmpdir", Path.Combine(_folder.FullName, "tmp")];
        File.WriteAllText(Variables["CONTAINERS_CONF"], Configuration);
    }

    /// <summary>What podman needs in its environment.</summary>
    public Dictionary<string, string> Variables { get; }

    /// <summary>What stands before each of its commands.</summary>
    public string[] Options { get; }

    /// <summary>For what goes with the store.</summary>
    public string Folder => _folder.FullName;

    /// <summary>Makes an empty one. Without podman, runc and the rights of root the test is skipped.</summary>
    public static PodmanStore Create()
    {
        Peer.RequireRoot("containers whose limits hold");
        _ = Peer.Require("runc");
        return new PodmanStore(Peer.Require("podman"));
    }

    /// <summary>Runs a command of podman; the test fails if it does.</summary>
    public Task<string> RunAsync(params string[] arguments) => Command.RunAsync(_podman, Variables, [.. Options, .. arguments]);

    /// <summary>Runs a command that may fail: what it said on both outputs, and its exit code on the last line.</summary>
    public Task<string> TryAsync(params string[] arguments) =>
        Command.RunAsync("/bin/sh", Variables, ["-c", "\"$@\" 2>&1; echo \"exit code $?\"", "sh", _podman, .. Options, .. arguments]);

    /// <summary>Makes an image of a folder.</summary>
    public Task ImportAsync(string folder, string name) =>
        Command.RunAsync("/bin/sh", Variables, ["-c", "folder=$1 name=$2; shift 2; tar -C \"$folder\" -c . | \"$@\" import - \"$name\"", "sh", folder, name, _podman, .. Options]);

    /// <summary>The process on this machine that is the first of a container.</summary>
    public async Task<int> ProcessOfAsync(string container) =>
        int.Parse(await RunAsync("inspect", "--format", "{{.State.Pid}}", container), System.Globalization.CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        _ = await TryAsync("rm", "--all", "--force", "--time", "0");
        _ = await Command.RunAsync("/bin/sh", "-c", "umount --lazy \"$1\" 2>/dev/null; rm -rf \"$2\"", "sh", Path.Combine(_folder.FullName, "root", "overlay"), _folder.FullName);
    }
}
