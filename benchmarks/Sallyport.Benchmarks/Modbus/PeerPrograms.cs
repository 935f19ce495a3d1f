using System.Diagnostics;

namespace Sallyport.Benchmarks.Modbus;

/// <summary>Compiles <c>benchmarks/peers</c> with this machine's gcc against this machine's libmodbus.</summary>
internal sealed class PeerPrograms
{
    private readonly string _folder;

    private PeerPrograms(string folder) => _folder = folder;

    /// <summary>Path of a compiled program.</summary>
    public string this[string name] => Path.Combine(_folder, name);

    /// <exception cref="PreconditionException">There is no compiler, or no libmodbus.</exception>
    public static async Task<PeerPrograms> CompileAsync(string repository)
    {
        Commands.Require("gcc", "gcc");
        if (!File.Exists("/usr/include/modbus/modbus.h"))
        {
            throw new PreconditionException("modbus/modbus.h is missing: install libmodbus-dev (eng/install-peers.sh does).");
        }

        string folder = Path.Combine(repository, "artifacts", "peers");
        Directory.CreateDirectory(folder);
        foreach (string source in Directory.EnumerateFiles(Path.Combine(repository, "benchmarks", "peers"), "*.c"))
        {
            string program = Path.Combine(folder, Path.GetFileNameWithoutExtension(source));
            using Process gcc = Process.Start("gcc", ["-O2", "-Wall", "-Wextra", "-Werror", "-D_GNU_SOURCE", "-o", program, source, "-lmodbus"]);
            await gcc.WaitForExitAsync();
            if (gcc.ExitCode != 0)
            {
                throw new PreconditionException($"{Path.GetFileName(source)} does not compile; gcc says above why.");
            }
        }

        return new PeerPrograms(folder);
    }
}
