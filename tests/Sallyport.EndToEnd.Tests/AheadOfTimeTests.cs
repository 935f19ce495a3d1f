using System.Text.Json;
using Sallyport.TestKit;

namespace Sallyport.EndToEnd.Tests;

/// <summary>The programs that ship, as eng/publish.sh compiled them.</summary>
public sealed class AheadOfTimeTests
{
    private static readonly string[] Modules = ["CertificateManager", "EtherNetIpReader", "ModbusReader", "SecureBuffer", "Watchdog"];

    [Fact]
    public async Task Programs_compiled_ahead_of_time_pass_the_check_and_tell_what_they_take()
    {
        if (Modules.FirstOrDefault(name => !File.Exists(RepositoryRoot.Combine("artifacts", "aot", name, name))) is { } missing)
        {
            Peer.Missing($"{missing} is not compiled ahead of time: run eng/publish.sh.");
        }

        SimulatorRun run = await SimulatorRun.StartAsync("--duration", "8", "--check", "--aot");
        Assert.Equal(0, run.ExitCode);
        Assert.InRange(run.Count("valuesServed"), 20, int.MaxValue);
        JsonElement[] figures = [.. run.Summary.GetProperty("modules").EnumerateArray()];
        Assert.Equal(Modules, figures.Select(module => module.GetProperty("name").GetString()).Order(StringComparer.Ordinal));
        Assert.All(figures, module =>
        {
            // What is far outside is a figure that was read wrongly; the targets are benchmarks/'s affair.
            Assert.InRange(module.GetProperty("binaryMiB").GetDouble(), 5, 25);
            Assert.InRange(module.GetProperty("residentIdleMiB").GetDouble(), 5, 60);
            Assert.InRange(module.GetProperty("residentLoadMiB").GetDouble(), 5, 100);
            Assert.InRange(module.GetProperty("startMs").GetDouble(), 1, 60_000);
        });
    }
}
