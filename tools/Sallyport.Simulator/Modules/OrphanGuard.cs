using System.Diagnostics;
using System.Globalization;

namespace Sallyport.Simulator.Modules;

/// <summary>A small shell process that outlives the simulator by an instant and takes the modules and their disks with it.</summary>
/// <remarks>It reads process ids and mounted folders from its standard input. That pipe ends when the simulator ends, however it ends, even by SIGKILL;
/// then the guard kills each process together with its group, and unmounts each folder, the last one first.</remarks>
internal sealed class OrphanGuard : IDisposable
{
    private const string Script =
        """
        trap '' INT TERM
        while IFS= read -r line; do case $line in /*) set -- "$line" "$@" ;; *) pids="$pids $line" ;; esac; done
        for pid in $pids; do kill -KILL -$pid || kill -KILL $pid; done 2>/dev/null
        for folder; do umount -l "$folder"; done 2>/dev/null
        """;

    private readonly Lock _lock = new();
    private readonly Process _process;
    private bool _isHome;

    private OrphanGuard(Process process) => _process = process;

    /// <summary>Starts the guard.</summary>
    public static OrphanGuard Start()
    {
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true, UseShellExecute = false };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(Script);
        return new(Process.Start(start) ?? throw new InvalidOperationException("/bin/sh did not start."));
    }

    /// <summary>Puts a process under guard.</summary>
    public void Watch(int processId) => Tell(processId.ToString(CultureInfo.InvariantCulture));

    /// <summary>Puts a folder under guard where something is mounted, or soon will be.</summary>
    /// <param name="folder">Its full path.</param>
    public void WatchMount(string folder) => Tell(folder);

    /// <summary>Does what the end of the simulator does: lets go of the pipe.</summary>
    public void Abandon() => _process.StandardInput.Close();

    /// <summary>Sends the guard home without a shot: all modules have ended, and whoever mounted something unmounts it.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (!_isHome)
            {
                _isHome = true;
                _process.Kill();
                _process.Dispose();
            }
        }
    }

    private void Tell(string line)
    {
        lock (_lock)
        {
            _process.StandardInput.WriteLine(line);
            _process.StandardInput.Flush();
        }
    }
}
