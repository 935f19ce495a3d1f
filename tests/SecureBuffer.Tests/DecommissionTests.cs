using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Sallyport.IotHub;
using Sallyport.SealedRing.Devices;
using Sallyport.SecureBuffer.Configuration;
using Sallyport.SecureBuffer.Decommissioning;
using Sallyport.SecureBuffer.Ring;
using Sallyport.Telemetry;

namespace Sallyport.SecureBuffer.Tests;

/// <summary>Rings in files are destroyed in two steps, and stay destroyed.</summary>
public sealed class DecommissionTests : IDisposable
{
    private const string Secret = "plaintext-marker";
    private const string Name = "edge-1/SecureBuffer";

    private static readonly BufferPlan Small = BufferPlan.Default with { SizeInBytes = 256 * 1024, AlertsSizeInBytes = 256 * 1024, PageInBytes = 9216 };

    private readonly string _folder = Directory.CreateTempSubdirectory("sallyport-decommission-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_first_step_says_what_would_be_lost_and_destroys_nothing()
    {
        using Bench bench = Filled();
        (var status, JsonElement answer) = await CallAsync(bench, "{}");

        Assert.Equal(200, status);
        Assert.Matches("^([0-9A-Z]{4}-){3}[0-9A-Z]{4}$", answer.GetProperty("challenge").GetString()!);
        Assert.Equal((120, Name), (answer.GetProperty("expiresInSeconds").GetInt32(), answer.GetProperty("confirm").GetString()));
        Assert.Equal(
            [$"alerts {bench.Lanes.Alerts.Identity!.Buffer} 1 0", $"bulk {bench.Lanes.Bulk.Identity!.Buffer} 2 1"],
            answer.GetProperty("buffers").EnumerateArray().Select(ring => $"{ring.GetProperty("lane")} {ring.GetProperty("buffer")} {ring.GetProperty("records")} {ring.GetProperty("lastSeq")}"));
        Assert.Equal(4, bench.Lanes.Depth);
        Assert.Equal(2600, bench.AuditLog.LatestRecord.Id.Id);
        Assert.False(DecommissionMarker.Exists(_folder));
    }

    [Fact]
    public async Task The_second_step_destroys_everything_and_says_so()
    {
        KeepOrphan("bulk.ring");
        using Bench bench = Filled();
        await File.WriteAllTextAsync(Path.Combine(_folder, RingSweep.DevelopmentKey), "-----BEGIN " + Secret, TestContext.Current.CancellationToken);
        using MetricCollector<long> wiped = bench.Collect<long>("sallyport.buffer.records_wiped");
        var challenge = await ChallengeAsync(bench);

        (var status, JsonElement answer) = await CallAsync(bench, Confirm(challenge));

        Assert.Equal(200, status);
        Assert.Equal("decommissioned", answer.GetProperty("state").GetString());
        Assert.Equal(
            ["alerts 1 2 262144 False", "bulk 1 2 262144 False", "bulk.ring.orphan 1 2 262144 False"],
            answer.GetProperty("wipes").EnumerateArray().Select(wipe =>
                $"{wipe.GetProperty("ring")} {wipe.GetProperty("lastSeq")} {wipe.GetProperty("unsentRecords")} {wipe.GetProperty("bytes")} {wipe.GetProperty("resumed")}"));
        Assert.Contains("NIST SP 800-88", answer.GetProperty("method").GetString(), StringComparison.Ordinal);
        Assert.Equal(6, wiped.GetMeasurementSnapshot().Sum(measurement => measurement.Value));
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task Afterwards_nothing_is_taken_nothing_is_sent_and_the_status_says_why()
    {
        using Bench bench = Filled();
        await CallAsync(bench, Confirm(await ChallengeAsync(bench)));
        var given = bench.EdgeHub.Given.Count;

        using var stop = new CancellationTokenSource();
        Task handling = bench.Intake.HandleAsync(Bench.Input("1", Bench.Json(1)), stop.Token);
        bench.Committer.Step();
        bench.Committer.End();
        bench.Lanes.Seal();
        await bench.DeliverAsync();
        Assert.False(handling.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => handling);

        Assert.Equal(given, bench.EdgeHub.Given.Count);
        MethodResponse status = await bench.Methods.GetStatusAsync(new MethodRequest("getStatus", default), TestContext.Current.CancellationToken);
        JsonElement told = JsonElement.Parse(status.Payload.Span);
        Assert.All(told.GetProperty("lanes").EnumerateArray(), lane => Assert.Equal("decommissioned", lane.GetProperty("storage").GetString()));
        Assert.Equal(2, told.GetProperty("decommission").GetProperty("wipes").GetArrayLength());
    }

    [Fact]
    public async Task The_confirmation_and_the_end_go_to_edgeHub_without_a_ring()
    {
        using Bench bench = Filled();
        await CallAsync(bench, Confirm(await ChallengeAsync(bench)));

        Assert.Equal(
            ["DecommissionConfirmed", "Decommissioned"],
            bench.EdgeHub.Given.Select(message => JsonElement.Parse(message.Body.Span).GetProperty("eventType").GetString()));
        Assert.All(bench.EdgeHub.Given, TestKit.MessageSchema.Validate);
        Assert.All(bench.AuditLog.Collector.GetSnapshot(), record => Assert.Equal(LogLevel.Warning, record.Level));
        Assert.Equal([2600, 2602, 2603, 2603], bench.AuditLog.Collector.GetSnapshot().Select(record => record.Id.Id));
    }

    [Theory]
    [InlineData("nonsense", 400)]
    [InlineData("""{"challenge":"0000-0000-0000-0000","confirm":"edge-1/SecureBuffer"}""", 403)]
    [InlineData("""{"challenge":"RIGHT","confirm":"edge-2/SecureBuffer"}""", 403)]
    public async Task A_wrong_call_destroys_nothing_and_is_counted_and_audited(string payload, int expected)
    {
        using Bench bench = Filled();
        using MetricCollector<long> refused = bench.Collect<long>("sallyport.buffer.decommission_refused");
        var challenge = await ChallengeAsync(bench);
        (var status, JsonElement answer) = await CallAsync(bench, payload.Replace("RIGHT", challenge, StringComparison.Ordinal));

        Assert.Equal(expected, status);
        Assert.NotEmpty(answer.GetProperty("error").GetString()!);
        Assert.Equal(5, bench.Lanes.Depth);
        Assert.Equal(1, refused.GetMeasurementSnapshot().Sum(measurement => measurement.Value));
        Assert.Equal(2601, bench.AuditLog.LatestRecord.Id.Id);
        Assert.Equal(200, (await CallAsync(bench, Confirm(challenge))).Status);
    }

    [Fact]
    public async Task A_challenge_that_expired_or_was_never_given_destroys_nothing()
    {
        using Bench bench = Filled();
        Assert.Equal(403, (await CallAsync(bench, Confirm("0000-0000-0000-0000"))).Status);
        var challenge = await ChallengeAsync(bench);
        bench.Clock.Advance(TimeSpan.FromSeconds(121));

        (var status, JsonElement answer) = await CallAsync(bench, Confirm(challenge));
        Assert.Equal(403, status);
        Assert.Equal("The challenge has expired. Call with {} to get another.", answer.GetProperty("error").GetString());
        Assert.Null(bench.Decommissioner.Report);
    }

    [Fact]
    public async Task Calls_at_the_same_time_destroy_once_and_a_later_one_gets_the_report_again()
    {
        using Bench bench = Filled();
        var challenge = await ChallengeAsync(bench);
        (int Status, JsonElement Answer)[] answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => CallAsync(bench, Confirm(challenge)))));
        (var status, JsonElement again) = await CallAsync(bench, "{}");

        Assert.Contains(answers, answer => answer.Status == 200);
        Assert.All(answers, answer => Assert.True(answer.Status is 200 or 403));
        Assert.Equal((200, 2), (status, again.GetProperty("wipes").GetArrayLength()));
        Assert.Equal(2, bench.AuditLog.Collector.GetSnapshot().Count(record => record.Id.Id == 2603));
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task Rings_that_are_not_open_yet_are_not_destroyed_by_a_call()
    {
        using var bench = new Bench(folder: _folder, isOpen: false);
        Assert.Equal(409, (await CallAsync(bench, "{}")).Status);
        Assert.Equal(409, (await CallAsync(bench, Confirm("0000-0000-0000-0000"))).Status);
    }

    [Fact]
    public async Task A_restart_makes_no_new_rings_until_somebody_removes_the_marker()
    {
        using (Bench bench = Filled())
        {
            await CallAsync(bench, Confirm(await ChallengeAsync(bench)));
        }

        using (var restarted = new Bench(Small, folder: _folder, isOpen: false))
        {
            Assert.True(await restarted.Decommissioner.ResumeAsync(TestContext.Current.CancellationToken));
            Assert.Equal([StorageState.Decommissioned, StorageState.Decommissioned], restarted.Lanes.Both.ToArray().Select(lane => lane.Storage));
            Assert.Equal((200, 2), (await CallAsync(restarted, "{}")) is var (status, answer) ? (status, answer.GetProperty("wipes").GetArrayLength()) : default);
            Assert.Equal(2605, restarted.DecommissionerLog.LatestRecord.Id.Id);
            Assert.Empty(restarted.EdgeHub.Given);
        }

        File.Delete(Path.Combine(_folder, DecommissionMarker.FileName));
        using var fresh = new Bench(Small, folder: _folder, isOpen: false);
        Assert.False(await fresh.Decommissioner.ResumeAsync(TestContext.Current.CancellationToken));
        Assert.Null(fresh.Decommissioner.Report);
    }

    [Fact]
    public async Task A_damaged_marker_opens_nothing_and_destroys_nothing()
    {
        Filled().Dispose();
        await File.WriteAllTextAsync(Path.Combine(_folder, DecommissionMarker.FileName), "{\"schema\":", TestContext.Current.CancellationToken);

        using var restarted = new Bench(Small, folder: _folder, isOpen: false);
        Assert.True(await restarted.Decommissioner.ResumeAsync(TestContext.Current.CancellationToken));
        await CallAsync(restarted, "{}");
        Assert.True(File.Exists(Path.Combine(_folder, "bulk.ring")));
    }

    [Fact]
    public async Task A_wipe_that_the_operators_tool_left_unfinished_is_finished_and_leaves_the_other_ring_alone()
    {
        Filled().Dispose();
        Begin("bulk.ring");

        using var restarted = new Bench(Small, folder: _folder, isOpen: false);
        Assert.True(await restarted.Decommissioner.ResumeAsync(TestContext.Current.CancellationToken));

        FileWipe wipe = Assert.Single(restarted.Decommissioner.Report!.Wipes);
        Assert.Equal(("bulk", true), (wipe.Ring, wipe.Report.WasResumed));
        Assert.False(File.Exists(Path.Combine(_folder, "bulk.ring")));
        await CallAsync(restarted, "{}");
        Assert.True(File.Exists(Path.Combine(_folder, "alerts.ring")));
        Assert.True(DecommissionMarker.Exists(_folder));
    }

    [Fact]
    public async Task Whatever_call_to_the_disk_fails_everything_is_destroyed_by_the_second_try()
    {
        for (var at = 0; ; at++)
        {
            var calls = -1;
            using Bench bench = Filled(() => calls >= 0 && calls++ == at ? FaultyDevice.Fate.Fails : FaultyDevice.Fate.Works);
            var challenge = await ChallengeAsync(bench);
            calls = 0;
            (var status, JsonElement answer) = await CallAsync(bench, Confirm(challenge));
            Assert.Equal((200, 2), (status, answer.GetProperty("wipes").GetArrayLength()));
            AssertNothingIsLeft();
            if (calls <= at)
            {
                Assert.True(at > 40);
                return;
            }

            File.Delete(Path.Combine(_folder, DecommissionMarker.FileName));
        }
    }

    [Fact]
    public async Task Wherever_the_process_is_killed_the_next_start_goes_on_before_any_key_is_used()
    {
        for (var at = 0; ; at++)
        {
            var calls = -1;
            using (Bench bench = Filled(() => calls >= 0 && calls++ == at ? FaultyDevice.Fate.Kills : FaultyDevice.Fate.Works))
            {
                var challenge = await ChallengeAsync(bench);
                calls = 0;
                if (await Record.ExceptionAsync(() => CallAsync(bench, Confirm(challenge))) is not KilledException)
                {
                    Assert.True(at > 40);
                    return;
                }
            }

            // The bench has no key wrapper: whoever wanted to open a ring could not.
            using var restarted = new Bench(Small, folder: _folder, isOpen: false);
            Assert.True(await restarted.Decommissioner.ResumeAsync(TestContext.Current.CancellationToken));
            Assert.True(restarted.Decommissioner.Report is { IsComplete: true, Rings: [{ Records: 2 }, { Records: 2 }] });
            Assert.Equal("Decommissioned", JsonElement.Parse(Assert.Single(restarted.EdgeHub.Given).Body.Span).GetProperty("eventType").GetString());
            AssertNothingIsLeft();
            File.Delete(Path.Combine(_folder, DecommissionMarker.FileName));
        }
    }

    [Fact]
    public async Task What_cannot_be_destroyed_is_said_and_the_next_call_goes_on()
    {
        KeepOrphan("alerts.ring");
        using Bench bench = Filled();
        using (IBlockDevice other = Assert.IsType<DeviceOpening.Opened>(FileDevice.Open(Path.Combine(_folder, "alerts.ring.orphan"))).Device)
        {
            (var status, JsonElement answer) = await CallAsync(bench, Confirm(await ChallengeAsync(bench)));
            Assert.Equal((500, "wiping"), (status, answer.GetProperty("state").GetString()));
            Assert.Contains("another process uses it", Assert.Single(answer.GetProperty("faults").EnumerateArray()).GetString(), StringComparison.Ordinal);
            Assert.Equal((2604, LogLevel.Error), (bench.AuditLog.LatestRecord.Id.Id, bench.AuditLog.LatestRecord.Level));
        }

        (var second, JsonElement report) = await CallAsync(bench, "{}");
        Assert.Equal((200, 3), (second, report.GetProperty("wipes").GetArrayLength()));
        AssertNothingIsLeft();
    }

    private static async Task<(int Status, JsonElement Answer)> CallAsync(Bench bench, string payload)
    {
        MethodResponse answer = await bench.Decommission.AnswerAsync(
            new MethodRequest(DecommissionMethod.Method, Encoding.UTF8.GetBytes(payload)), TestContext.Current.CancellationToken);
        return (answer.Status, JsonElement.Parse(answer.Payload.Span));
    }

    private static async Task<string> ChallengeAsync(Bench bench) => (await CallAsync(bench, "{}")).Answer.GetProperty("challenge").GetString()!;

    private static string Confirm(string challenge) => $$"""{"challenge":"{{challenge}}","confirm":"{{Name}}"}""";

    private Bench Filled(Func<FaultyDevice.Fate>? fate = null)
    {
        var bench = new Bench(
            Small,
            StorageState.Disk,
            (lane, size) => new FaultyDevice(
                Assert.IsType<DeviceOpening.Opened>(FileDevice.Create(Path.Combine(_folder, $"{lane}.ring"), size)).Device, fate ?? (() => FaultyDevice.Fate.Works)),
            _folder);
        foreach (MessageType type in (MessageType[])[MessageType.Audit, MessageType.Telemetry, MessageType.Telemetry])
        {
            bench.Lanes.Append(new RingRecord(type, Encoding.UTF8.GetBytes($$"""{"x":"{{Secret}}"}"""), Quality: null));
        }

        bench.Lanes.Seal();
        bench.Clock.Advance(bench.Plan.CommitInterval);
        bench.Committer.Step();
        return bench;
    }

    // What an earlier run had, whose key was lost.
    private void KeepOrphan(string name)
    {
        Filled().Dispose();
        File.Move(Path.Combine(_folder, name), Path.Combine(_folder, name + ".orphan"));
        Array.ForEach(Directory.GetFiles(_folder, "*.ring"), File.Delete);
    }

    // Flags the ring as the tool does first, and dies.
    private void Begin(string name)
    {
        var calls = 0;
        const int WhenFlagged = 74;
        using var device = new FaultyDevice(
            Assert.IsType<DeviceOpening.Opened>(FileDevice.Open(Path.Combine(_folder, name))).Device,
            () => calls++ == WhenFlagged ? FaultyDevice.Fate.Kills : FaultyDevice.Fate.Works);
        Assert.Throws<KilledException>(() => new SealedRing.Destruction.RingWipe(device, System.Security.Cryptography.RandomNumberGenerator.Fill, TimeProvider.System).RunUnopened());
    }

    private void AssertNothingIsLeft()
    {
        Assert.Equal([DecommissionMarker.FileName], Directory.GetFiles(_folder).Select(Path.GetFileName));
        Assert.DoesNotContain(Secret, File.ReadAllText(Path.Combine(_folder, DecommissionMarker.FileName)), StringComparison.Ordinal);
    }
}
