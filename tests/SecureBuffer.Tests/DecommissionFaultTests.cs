using System.Text.Json;
using Microsoft.Extensions.Logging;
using Sallyport.SealedRing.Devices;
using Sallyport.SecureBuffer.Decommissioning;
using Sallyport.SecureBuffer.Ring;

namespace Sallyport.SecureBuffer.Tests;

/// <summary>What is to be destroyed is destroyed, whatever comes between, and stays destroyed.</summary>
public sealed class DecommissionFaultTests : IDisposable
{
    private readonly DecommissionSite _site = new();

    public void Dispose() => _site.Dispose();

    [Fact]
    public async Task A_restart_makes_no_new_rings_until_somebody_removes_the_marker()
    {
        using (Bench bench = _site.Filled())
        {
            await DecommissionSite.CallAsync(bench, DecommissionSite.Confirm(await DecommissionSite.ChallengeAsync(bench)));
        }

        using (var restarted = new Bench(DecommissionSite.Small, folder: _site.Folder, isOpen: false))
        {
            Assert.True(await restarted.Decommissioner.ResumeAsync(TestContext.Current.CancellationToken));
            Assert.Equal([StorageState.Decommissioned, StorageState.Decommissioned], restarted.Lanes.Both.ToArray().Select(lane => lane.Storage));
            Assert.Equal((200, 2), (await DecommissionSite.CallAsync(restarted, "{}")) is var (status, answer) ? (status, answer.GetProperty("wipes").GetArrayLength()) : default);
            Assert.Equal(2605, restarted.DecommissionerLog.LatestRecord.Id.Id);
            Assert.Empty(restarted.EdgeHub.Given);
        }

        File.Delete(Path.Combine(_site.Folder, DecommissionMarker.FileName));
        using var fresh = new Bench(DecommissionSite.Small, folder: _site.Folder, isOpen: false);
        Assert.False(await fresh.Decommissioner.ResumeAsync(TestContext.Current.CancellationToken));
        Assert.Null(fresh.Decommissioner.Report);
    }

    [Fact]
    public async Task A_damaged_marker_opens_nothing_and_destroys_nothing()
    {
        _site.Filled().Dispose();
        await File.WriteAllTextAsync(Path.Combine(_site.Folder, DecommissionMarker.FileName), "{\"schema\":", TestContext.Current.CancellationToken);

        using var restarted = new Bench(DecommissionSite.Small, folder: _site.Folder, isOpen: false);
        Assert.True(await restarted.Decommissioner.ResumeAsync(TestContext.Current.CancellationToken));
        await DecommissionSite.CallAsync(restarted, "{}");
        Assert.True(File.Exists(Path.Combine(_site.Folder, "bulk.ring")));
    }

    [Fact]
    public async Task A_wipe_that_the_operators_tool_left_unfinished_is_finished_and_leaves_the_other_ring_alone()
    {
        _site.Filled().Dispose();
        _site.Begin("bulk.ring");

        using var restarted = new Bench(DecommissionSite.Small, folder: _site.Folder, isOpen: false);
        Assert.True(await restarted.Decommissioner.ResumeAsync(TestContext.Current.CancellationToken));

        FileWipe wipe = Assert.Single(restarted.Decommissioner.Report!.Wipes);
        Assert.Equal(("bulk", true), (wipe.Ring, wipe.Report.WasResumed));
        Assert.False(File.Exists(Path.Combine(_site.Folder, "bulk.ring")));
        await DecommissionSite.CallAsync(restarted, "{}");
        Assert.True(File.Exists(Path.Combine(_site.Folder, "alerts.ring")));
        Assert.True(DecommissionMarker.Exists(_site.Folder));
    }

    [Fact]
    public async Task Whatever_call_to_the_disk_fails_everything_is_destroyed_by_the_second_try()
    {
        for (var at = 0; ; at++)
        {
            var calls = -1;
            using Bench bench = _site.Filled(() => calls >= 0 && calls++ == at ? FaultyDevice.Fate.Fails : FaultyDevice.Fate.Works);
            var challenge = await DecommissionSite.ChallengeAsync(bench);
            calls = 0;
            (var status, JsonElement answer) = await DecommissionSite.CallAsync(bench, DecommissionSite.Confirm(challenge));
            Assert.Equal((200, 2), (status, answer.GetProperty("wipes").GetArrayLength()));
            _site.AssertNothingIsLeft();
            if (calls <= at)
            {
                Assert.True(at > 40);
                return;
            }

            File.Delete(Path.Combine(_site.Folder, DecommissionMarker.FileName));
        }
    }

    [Fact]
    public async Task Wherever_the_process_is_killed_the_next_start_goes_on_before_any_key_is_used()
    {
        for (var at = 0; ; at++)
        {
            var calls = -1;
            using (Bench bench = _site.Filled(() => calls >= 0 && calls++ == at ? FaultyDevice.Fate.Kills : FaultyDevice.Fate.Works))
            {
                var challenge = await DecommissionSite.ChallengeAsync(bench);
                calls = 0;
                if (await Record.ExceptionAsync(() => DecommissionSite.CallAsync(bench, DecommissionSite.Confirm(challenge))) is not KilledException)
                {
                    Assert.True(at > 40);
                    return;
                }
            }

            // The bench has no key wrapper: whoever wanted to open a ring could not.
            using var restarted = new Bench(DecommissionSite.Small, folder: _site.Folder, isOpen: false);
            Assert.True(await restarted.Decommissioner.ResumeAsync(TestContext.Current.CancellationToken));
            Assert.True(restarted.Decommissioner.Report is { IsComplete: true, Rings: [{ Records: 2 }, { Records: 2 }] });
            Assert.Equal("Decommissioned", JsonElement.Parse(Assert.Single(restarted.EdgeHub.Given).Body.Span).GetProperty("eventType").GetString());
            _site.AssertNothingIsLeft();
            File.Delete(Path.Combine(_site.Folder, DecommissionMarker.FileName));
        }
    }

    [Fact]
    public async Task What_cannot_be_destroyed_is_said_and_the_next_call_goes_on()
    {
        _site.KeepOrphan("alerts.ring");
        using Bench bench = _site.Filled();
        using (IBlockDevice other = Assert.IsType<DeviceOpening.Opened>(FileDevice.Open(Path.Combine(_site.Folder, "alerts.ring.orphan"))).Device)
        {
            (var status, JsonElement answer) = await DecommissionSite.CallAsync(bench, DecommissionSite.Confirm(await DecommissionSite.ChallengeAsync(bench)));
            Assert.Equal((500, "wiping"), (status, answer.GetProperty("state").GetString()));
            Assert.Contains("another process uses it", Assert.Single(answer.GetProperty("faults").EnumerateArray()).GetString(), StringComparison.Ordinal);
            Assert.Equal((2604, LogLevel.Error), (bench.AuditLog.LatestRecord.Id.Id, bench.AuditLog.LatestRecord.Level));
        }

        (var second, JsonElement report) = await DecommissionSite.CallAsync(bench, "{}");
        Assert.Equal((200, 3), (second, report.GetProperty("wipes").GetArrayLength()));
        _site.AssertNothingIsLeft();
    }
}
