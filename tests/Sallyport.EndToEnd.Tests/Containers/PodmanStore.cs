using System.Globalization;
using Sallyport.TestKit;

namespace Sallyport.EndToEnd.Tests.Containers;

/// <summary>A store of images and containers of its own, in a folder that goes with it. No network is made, and nothing of the machine's other containers is touched.</summary>
internal sealed class PodmanStore : IAsyncDisposable
{
    // runc and these limits, because who is in a container himself may raise none; and nothing there watches over containers.
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

    private PodmanStore(string podman)
    {
        File.WriteAllText(In("containers.conf"), Configuration);
        WriteScript(
            Engine,
            $"""
            export CONTAINERS_CONF='{In("containers.conf")}' DISABLE_HC_SYSTEMD=true
            exec '{podman}' --root '{In("root")}' --runroot '{In("run")}' --tmpdir '{In("tmp")}' "$@"
            """);
    }

    /// <summary>podman, bound to this store: for whoever starts it himself.</summary>
    public string Engine => In("podman");

    /// <summary>Makes an empty one. Without podman, runc and the rights of root the test is skipped.</summary>
    public static PodmanStore Create()
    {
        Peer.RequireRoot("containers whose limits hold");
        _ = Peer.Require("runc");
        return new PodmanStore(Peer.Require("podman"));
    }

    /// <summary>A file or folder that goes with the store.</summary>
    public string In(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Writes a script that can be run.</summary>
    public static void WriteScript(string file, string commands)
    {
        File.WriteAllText(file, "#!/bin/sh\n" + commands);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Runs a command of podman; the test fails if it does.</summary>
    public Task<string> RunAsync(params string[] arguments) => Command.RunAsync(Engine, arguments);

    /// <summary>Runs a command that may fail: what it said on both outputs, and its exit code on the last line.</summary>
    public Task<string> TryAsync(params string[] arguments) => Command.RunAsync("/bin/sh", ["-c", "\"$@\" 2>&1; echo \"exit code $?\"", "sh", Engine, .. arguments]);

    /// <summary>Makes an image of a folder.</summary>
    /// <param name="folder">Its root.</param>
    /// <param name="image">Its name.</param>
    /// <param name="variables">What it has in its environment.</param>
    public Task ImportAsync(string folder, string image, params string[] variables) => Command.RunAsync(
        "/bin/sh",
        ["-c", "tar -C \"$0\" -c . | \"$@\"", folder, Engine, "import", .. variables.SelectMany(one => (string[])["--change", $"ENV {one}"]), "-", image]);

    /// <summary>The process on this machine that is the first of a container.</summary>
    public async Task<int> ProcessOfAsync(string container) =>
        int.Parse(await RunAsync("inspect", "--format", "{{.State.Pid}}", container), CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        _ = await TryAsync("rm", "--all", "--force", "--time", "0");
        _ = await Command.RunAsync("/bin/sh", "-c", "umount --lazy \"$1/root/overlay\" 2>/dev/null; rm -rf \"$1\"", "sh", _folder.FullName);
    }
}
