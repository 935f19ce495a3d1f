using System.Diagnostics;

namespace Sallyport.Benchmarks;

/// <summary>Has a module published ahead of time when its program is missing or older than its sources.</summary>
internal static class PublishedModule
{
    /// <returns>The executable.</returns>
    /// <exception cref="PreconditionException">It cannot be published.</exception>
    public static async Task<string> RequireAsync(string repository, string module)
    {
        if (!Directory.Exists(Path.Combine(repository, "modules", module)))
        {
            throw new PreconditionException($"There is no module {module}; the modules are {string.Join(", ", Manifest.OurModules(repository))}.");
        }

        string program = Path.Combine(repository, "artifacts", "aot", module, module);
        if (!File.Exists(program) || File.GetLastWriteTimeUtc(program) < NewestSource(repository, module))
        {
            Commands.Require("clang", "clang");
            using Process publish = Process.Start(new ProcessStartInfo(Path.Combine(repository, "eng", "publish.sh"), [module]) { UseShellExecute = false, RedirectStandardOutput = true })!;
            await publish.StandardOutput.ReadToEndAsync();
            await publish.WaitForExitAsync();
            if (publish.ExitCode != 0)
            {
                throw new PreconditionException($"eng/publish.sh {module} ended with {publish.ExitCode}.");
            }

            File.SetLastWriteTimeUtc(program, TimeProvider.System.GetUtcNow().UtcDateTime);
        }

        return program;
    }

    private static DateTime NewestSource(string repository, string module) => new[] { "src", Path.Combine("modules", module) }
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(repository, folder), "*.cs*", SearchOption.AllDirectories))
        .Append(Path.Combine(repository, "modules", "Directory.Build.props"))
        .Max(File.GetLastWriteTimeUtc);
}
