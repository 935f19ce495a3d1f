using System.Globalization;
using Sallyport.TestKit;

namespace Sallyport.SealedRing.Tests;

/// <summary>What of a process that dies of SIGSEGV is left on the disk, and how the memory of its keys is mapped.</summary>
public sealed class ProcessMemoryTests : IDisposable
{
    private const int KilledBySegmentationFault = 128 + 11;
    private const int Keys = 3;

    private readonly string _folder = Directory.CreateTempSubdirectory("core").FullName;

    private static CancellationToken Over => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact(Timeout = 60_000)]
    public async Task A_process_that_forbade_dumps_leaves_none_although_the_limit_allows_them()
    {
        Assert.Equal(KilledBySegmentationFault, (await CrashAsync("undumpable")).ExitCode);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_process_that_did_not_forbid_them_leaves_one()
    {
        if ((await File.ReadAllTextAsync("/proc/sys/kernel/core_pattern", Over)).StartsWith('|'))
        {
            Peer.Missing("The kernel gives core dumps to a program here.");
        }

        Assert.Equal(KilledBySegmentationFault, (await CrashAsync("dumpable")).ExitCode);
        Assert.NotEmpty(Directory.GetFiles(_folder));
    }

    [Fact(Timeout = 60_000)]
    public async Task The_memory_of_each_key_is_locked_and_left_out_of_dumps()
    {
        (_, List<string> maps) = await CrashAsync("undumpable");
        int locked = 0;
        int kilobytes = 0;
        foreach (string line in maps)
        {
            if (line.StartsWith("Size:", StringComparison.Ordinal))
            {
                kilobytes = int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
            }
            else if (line.StartsWith("VmFlags:", StringComparison.Ordinal) && line.Contains(" lo ", StringComparison.Ordinal) && line.Contains(" dd ", StringComparison.Ordinal))
            {
                locked += kilobytes;
            }
        }

        Assert.True(locked >= Keys * 4, $"{locked} KiB");
    }

    private async Task<(int ExitCode, List<string> Maps)> CrashAsync(string mode)
    {
        using var process = WriterProcess.StartIn(_folder, "ulimit -c unlimited; exec dotnet \"$@\"", "crash", mode);
        List<string> maps = await process.ReadToAsync("ready", Over);
        using var kill = System.Diagnostics.Process.Start("kill", ["-SEGV", process.Id.ToString(CultureInfo.InvariantCulture)]);
        return (await process.WaitAsync(Over), maps);
    }
}
