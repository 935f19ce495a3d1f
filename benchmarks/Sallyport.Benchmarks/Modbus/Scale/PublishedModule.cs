using System.Diagnostics;

namespace Sallyport.Benchmarks.Modbus.Scale;

/// <summary>Has ModbusReader published ahead of time when the program is missing or older than its sources.</summary>
internal static class PublishedModule
{
    private const string Name = "ModbusReader";

    /// <returns>The executable.</returns>
    /// <exception cref="PreconditionException">It cannot be published.</exception>
    public static async Task<string> RequireAsync(string repository)
    {
        string program = Path.Combine(repository, "artifacts", "aot", Name, Name);
        if (!File.Exists(program) || File.GetLastWriteTimeUtc(program) < NewestSource(repository))
        {
            Commands.Require("clang", "clang");
            using Process publish = Process.Start(new ProcessStartInfo(Path.Combine(repository, "eng", "publish.sh"), [Name]) { UseShellExecute = false, RedirectStandardOutput = true })!;
            await publish.StandardOutput.ReadToEndAsync();
            await publish.WaitForExitAsync();
            if (publish.ExitCode != 0)
            {
                throw new PreconditionException($"eng/publish.sh {Name} ended with {publish.ExitCode}.");
            }

            File.SetLastWriteTimeUtc(program, TimeProvider.System.GetUtcNow().UtcDateTime);
        }

        return program;
    }

    private static DateTime NewestSource(string repository) => new[] { "src", Path.Combine("modules", Name) }
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(repository, folder), "*.cs*", SearchOption.AllDirectories))
        .Append(Path.Combine(repository, "modules", "Directory.Build.props"))
        .Max(File.GetLastWriteTimeUtc);
}
