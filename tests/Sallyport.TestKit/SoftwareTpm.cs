using System.Diagnostics;
using System.Globalization;

namespace Sallyport.TestKit;

/// <summary>A TPM 2.0 in software (swtpm) with a state of its own, on sockets that nobody else knows.</summary>
public sealed class SoftwareTpm : IAsyncDisposable
{
    private static readonly string[] Needed = ["swtpm", "tpm2_getcap", "tpm2_create", "tpm2_evictcontrol"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tpm");

    private SoftwareTpm()
    {
    }

    /// <summary>The way to it, as the TSS libraries want it.</summary>
    public string Tcti => $"swtpm:path={Path.Combine(_folder.FullName, "s")}";

    private string PidFile => Path.Combine(_folder.FullName, "pid");

    /// <summary>Starts one that has never been used. Without swtpm and tpm2-tools the test is skipped.</summary>
    public static async Task<SoftwareTpm> StartAsync()
    {
        Array.ForEach(Needed, command => Peer.Require(command));
        var tpm = new SoftwareTpm();
        await tpm.PowerOnAsync();
        return tpm;
    }

    /// <summary>Takes the power away.</summary>
    public async Task PowerOffAsync()
    {
        using Process tpm = Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(PidFile, CancellationToken.None), CultureInfo.InvariantCulture));
        tpm.Kill();
        await tpm.WaitForExitAsync(CancellationToken.None);
        File.Delete(PidFile);
    }

    /// <summary>Gives the power back.</summary>
    public async Task PowerOnAsync()
    {
        string socket = Path.Combine(_folder.FullName, "s");
        File.Delete(socket);
        File.Delete(socket + ".ctrl");

        // As a daemon it returns when it listens.
        await Command.RunAsync(
            Peer.Require("swtpm"), "socket", "--tpm2", "--tpmstate", $"dir={_folder.FullName}", "--ctrl", $"type=unixio,path={socket}.ctrl",
            "--server", $"type=unixio,path={socket}", "--flags", "not-need-init,startup-clear", "--daemon", "--pid", $"file={PidFile}");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (File.Exists(PidFile))
        {
            await PowerOffAsync();
        }

        _folder.Delete(recursive: true);
    }
}
