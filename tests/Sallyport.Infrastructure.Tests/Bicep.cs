using System.Reflection;
using Sallyport.TestKit;

namespace Sallyport.Infrastructure.Tests;

/// <summary>The compiler of the Azure templates, as the package feed has it.</summary>
internal static class Bicep
{
    /// <summary>The program. Empty where the package has none for this machine.</summary>
    public static string Path { get; } = typeof(Bicep).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(one => string.Equals(one.Key, "BicepPath", StringComparison.Ordinal)).Value ?? "";

    /// <summary>Runs it to its end, which must be good; what it said on standard output.</summary>
    public static Task<string> RunAsync(params string[] arguments)
    {
        if (!File.Exists(Path))
        {
            Peer.Missing("There is no Bicep compiler for this machine.");
        }

        return Command.RunAsync(Path, arguments);
    }
}
