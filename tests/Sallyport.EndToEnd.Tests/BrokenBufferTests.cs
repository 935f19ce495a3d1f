using Sallyport.TestKit;

namespace Sallyport.EndToEnd.Tests;

/// <summary>The buffer is killed and its disk full or failing, for real: every value arrives, or a gap record that the verifier accepts accounts for it.</summary>
public sealed class BrokenBufferTests
{
    [Fact]
    public async Task A_disk_that_is_full_before_the_start_has_the_buffer_in_memory_and_nothing_is_lost()
    {
        SimulatorRun run = await RunOnDiskAsync("12", "disk-full:SecureBuffer", "uplink-cut:4s@2s");
        AssertComplete(run);
        Assert.Contains("the ring is in memory instead of 2097152 bytes on disk", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disk_that_fills_up_later_does_not_touch_a_ring_that_was_written_before()
    {
        SimulatorRun run = await RunOnDiskAsync("25", "disk-full:SecureBuffer@1s", "uplink-cut:21s@2s", "kill:SecureBuffer@19s");
        AssertExplained(run);
        Assert.DoesNotContain("The disk does not take", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("in memory", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disk_that_fails_is_told_with_its_return_and_what_was_in_memory_meanwhile_survives_a_kill_after_it()
    {
        SimulatorRun run = await RunOnDiskAsync("40", "disk-failing:SecureBuffer:12s@1s", "uplink-cut:36s@2s", "kill:SecureBuffer@33s");
        AssertExplained(run);
        int broken = run.Output.IndexOf("The disk does not take the bulk lane", StringComparison.Ordinal);
        int back = run.Output.IndexOf("The disk takes the bulk lane again; everything is durable.", StringComparison.Ordinal);
        Assert.InRange(broken, 0, back);
    }

    [Fact]
    public async Task A_kill_with_the_uplink_cut_loses_nothing_that_no_gap_record_accounts_for()
    {
        SimulatorRun run = await SimulatorRun.StartAsync("--duration", "20", "--check", "--fault", "uplink-cut:15s@2s", "--fault", "kill:SecureBuffer@12s");
        AssertExplained(run);
    }

    [Fact]
    public async Task Batches_that_are_forged_taken_away_and_replayed_on_their_way_are_each_named_as_what_they_are()
    {
        SimulatorRun run = await SimulatorRun.StartAsync(
            "--duration", "16", "--check", "--fault", "forge-batch@1s", "--fault", "drop-batch@4s", "--fault", "replay-batch@7s");
        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Equal((5, 2, 1, 1), (run.Count("injected"), run.Count("forged"), run.Count("replayed"), run.Count("missingPages")));
        Assert.InRange(run.Count("redelivered"), 1, int.MaxValue);
        Assert.Equal(
            ["Forged", "Forged", "Missing", "Replayed"],
            run.Summary.GetProperty("named").EnumerateArray().Select(pages => pages.GetProperty("what").GetString()).Order(StringComparer.Ordinal));
        Assert.Contains("Every injection was named as what it was", run.Output, StringComparison.Ordinal);
    }

    private static Task<SimulatorRun> RunOnDiskAsync(string seconds, params string[] faults)
    {
        Peer.RequireRoot("mounting a disk for a module");
        Peer.Require("mkfs.ext4");
        return SimulatorRun.StartAsync(["--duration", seconds, "--check", .. faults.SelectMany(fault => (string[])["--fault", fault])]);
    }

    private static void AssertComplete(SimulatorRun run)
    {
        AssertExplained(run);
        Assert.Equal(run.Count("valuesServed"), run.Count("valuesArrived") + run.Count("badReads")); // An answer that came too late is no loss: a bad point says so.
    }

    private static void AssertExplained(SimulatorRun run)
    {
        Assert.True(run.ExitCode == 0, run.Output);
        Assert.InRange(run.Count("valuesServed"), 20, int.MaxValue);
        Assert.Equal(0, run.Count("unexplained") + run.Count("unexplainedFrames") + run.Count("unexplainedRecords") + run.Count("contentFindings"));
    }
}
