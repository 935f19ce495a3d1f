using Sallyport.TestKit;

namespace Sallyport.EndToEnd.Tests;

/// <summary>What befalls a gateway's identity: the module says what is wrong, keeps what it has, and delivers it when there is a way back.</summary>
public sealed class IdentityFaultTests
{
    [Fact]
    public async Task A_device_that_was_revoked_says_so_and_delivers_when_it_is_enrolled_anew()
    {
        SimulatorRun run = await RunAsync("--duration", "20", "--uplink", "direct", "--fault", "revoke-device:13s@3s");
        Says(run, "of 'CN=edge-1-buffer' is revoked since");
    }

    [Fact]
    public async Task A_certificate_that_ran_out_is_told_and_a_new_one_is_taken_without_a_restart()
    {
        SimulatorRun run = await RunAsync("--duration", "18", "--uplink", "direct", "--fault", "expire-certificate:5s@3s");
        Says(run, "of 'CN=edge-1-buffer' expired at");
    }

    [Fact]
    public async Task A_clock_that_is_wrong_by_400_days_is_told_and_nothing_is_lost_when_it_is_right_again()
    {
        if (!Directory.EnumerateFiles("/usr/lib", "libfaketimeMT.so.1", SearchOption.AllDirectories).Any())
        {
            Peer.Missing("libfaketime is not installed.");
        }

        // As long as the longest wait before another attempt may be when the clock is right again: a reader that ends before it is connected has nowhere to put its last frames.
        SimulatorRun run = await RunAsync("--duration", "30", "--uplink", "direct", "--fault", "clock-jump:+400d:5s@3s");
        Says(run, "The clock of the host was set by 345");
        Says(run, "The clock of the host was set by -345");
        Says(run, "is not trusted (Expired)");
    }

    private static async Task<SimulatorRun> RunAsync(params string[] arguments)
    {
        SimulatorRun run = await SimulatorRun.StartAsync(["--check", .. arguments]);
        Assert.True(run.ExitCode == 0, run.Output);
        Assert.InRange(run.Count("valuesServed"), 20, int.MaxValue);
        Assert.Equal(run.Count("valuesServed"), run.Count("valuesArrived") + run.Count("badReads")); // An answer that came too late is no loss: a bad point says so.
        Assert.Equal(0, run.Count("unexplained") + run.Count("duplicates") + run.Count("outOfOrder") + run.Count("lost"));
        return run;
    }

    private static void Says(SimulatorRun run, string words) => Assert.Contains(words, run.Output, StringComparison.Ordinal);
}
