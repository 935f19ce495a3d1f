using System.Diagnostics;
using System.Globalization;

namespace Sallyport.Simulator.Modules;

/// <summary>A small shell process that outlives the simulator by an instant and takes the modules with it.</summary>
/// <remarks>It reads process ids from its standard input. That pipe ends when the simulator ends, however it ends, even by SIGKILL;
/// then the guard kills each process together with its group.</remarks>
internal sealed class OrphanGuard : IDisposable
{
    private const string Script =
        "trap '' INT TERM; while read -r pid; do pids=\"$pids $pid\"; done; for pid in $pids; do kill -KILL -$pid || kill -KILL $pid; done 2>/dev/null";

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
    public void Watch(int processId)
    {
        lock (_lock)
        {
            _process.StandardInput.WriteLine(processId.ToString(CultureInfo.InvariantCulture));
            _process.StandardInput.Flush();
        }
    }

    /// <summary>Does what the end of the simulator does: lets go of the pipe.</summary>
    public void Abandon() => _process.StandardInput.Close();

    /// <summary>Sends the guard home without a shot: all modules have ended.</summary>
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
}
