using System.Text.Json;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Sallyport.IotHub;
using Sallyport.SecureBuffer.Decommissioning;

namespace Sallyport.SecureBuffer.Tests;

/// <summary>Rings in files are destroyed in two steps, by the right call alone.</summary>
public sealed class DecommissionTests : IDisposable
{
    private readonly DecommissionSite _site = new();

    public void Dispose() => _site.Dispose();

    [Fact]
    public async Task The_first_step_says_what_would_be_lost_and_destroys_nothing()
    {
        using Bench bench = _site.Filled();
        (var status, JsonElement answer) = await DecommissionSite.CallAsync(bench, "{}");

        Assert.Equal(200, status);
        Assert.Matches("^([0-9A-Z]{4}-){3}[0-9A-Z]{4}$", answer.GetProperty("challenge").GetString()!);
        Assert.Equal((120, DecommissionSite.Name), (answer.GetProperty("expiresInSeconds").GetInt32(), answer.GetProperty("confirm").GetString()));
        Assert.Equal(
            [$"alerts {bench.Lanes.Alerts.Identity!.Buffer} 1 0", $"bulk {bench.Lanes.Bulk.Identity!.Buffer} 2 1"],
            answer.GetProperty("buffers").EnumerateArray().Select(ring => $"{ring.GetProperty("lane")} {ring.GetProperty("buffer")} {ring.GetProperty("records")} {ring.GetProperty("lastSeq")}"));
        Assert.Equal(4, bench.Lanes.Depth);
        Assert.Equal(2600, bench.AuditLog.LatestRecord.Id.Id);
        Assert.False(DecommissionMarker.Exists(_site.Folder));
    }

    [Fact]
    public async Task The_second_step_destroys_everything_and_says_so()
    {
        _site.KeepOrphan("bulk.ring");
        using Bench bench = _site.Filled();
        await File.WriteAllTextAsync(Path.Combine(_site.Folder, RingSweep.DevelopmentKey), "-----BEGIN " + DecommissionSite.Secret, TestContext.Current.CancellationToken);
        using MetricCollector<long> wiped = bench.Collect<long>("sallyport.buffer.records_wiped");
        var challenge = await DecommissionSite.ChallengeAsync(bench);

        (var status, JsonElement answer) = await DecommissionSite.CallAsync(bench, DecommissionSite.Confirm(challenge));

        Assert.Equal(200, status);
        Assert.Equal("decommissioned", answer.GetProperty("state").GetString());
        Assert.Equal(
            ["alerts 1 2 262144 False", "bulk 1 2 262144 False", "bulk.ring.orphan 1 2 262144 False"],
            answer.GetProperty("wipes").EnumerateArray().Select(wipe =>
                $"{wipe.GetProperty("ring")} {wipe.GetProperty("lastSeq")} {wipe.GetProperty("unsentRecords")} {wipe.GetProperty("bytes")} {wipe.GetProperty("resumed")}"));
        Assert.Contains("NIST SP 800-88", answer.GetProperty("method").GetString(), StringComparison.Ordinal);
        Assert.Equal(6, wiped.GetMeasurementSnapshot().Sum(measurement => measurement.Value));
        _site.AssertNothingIsLeft();
    }

    [Fact]
    public async Task Afterwards_nothing_is_taken_nothing_is_sent_and_the_status_says_why()
    {
        using Bench bench = _site.Filled();
        await DecommissionSite.CallAsync(bench, DecommissionSite.Confirm(await DecommissionSite.ChallengeAsync(bench)));
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
        using Bench bench = _site.Filled();
        await DecommissionSite.CallAsync(bench, DecommissionSite.Confirm(await DecommissionSite.ChallengeAsync(bench)));

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
        using Bench bench = _site.Filled();
        using MetricCollector<long> refused = bench.Collect<long>("sallyport.buffer.decommission_refused");
        var challenge = await DecommissionSite.ChallengeAsync(bench);
        (var status, JsonElement answer) = await DecommissionSite.CallAsync(bench, payload.Replace("RIGHT", challenge, StringComparison.Ordinal));

        Assert.Equal(expected, status);
        Assert.NotEmpty(answer.GetProperty("error").GetString()!);
        Assert.Equal(5, bench.Lanes.Depth);
        Assert.Equal(1, refused.GetMeasurementSnapshot().Sum(measurement => measurement.Value));
        Assert.Equal(2601, bench.AuditLog.LatestRecord.Id.Id);
        Assert.Equal(200, (await DecommissionSite.CallAsync(bench, DecommissionSite.Confirm(challenge))).Status);
    }

    [Fact]
    public async Task A_challenge_that_expired_or_was_never_given_destroys_nothing()
    {
        using Bench bench = _site.Filled();
        Assert.Equal(403, (await DecommissionSite.CallAsync(bench, DecommissionSite.Confirm("0000-0000-0000-0000"))).Status);
        var challenge = await DecommissionSite.ChallengeAsync(bench);
        bench.Clock.Advance(TimeSpan.FromSeconds(121));

        (var status, JsonElement answer) = await DecommissionSite.CallAsync(bench, DecommissionSite.Confirm(challenge));
        Assert.Equal(403, status);
        Assert.Equal("The challenge has expired. Call with {} to get another.", answer.GetProperty("error").GetString());
        Assert.Null(bench.Decommissioner.Report);
    }

    [Fact]
    public async Task Calls_at_the_same_time_destroy_once_and_a_later_one_gets_the_report_again()
    {
        using Bench bench = _site.Filled();
        var challenge = await DecommissionSite.ChallengeAsync(bench);
        (int Status, JsonElement Answer)[] answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => DecommissionSite.CallAsync(bench, DecommissionSite.Confirm(challenge)))));
        (var status, JsonElement again) = await DecommissionSite.CallAsync(bench, "{}");

        Assert.Contains(answers, answer => answer.Status == 200);
        Assert.All(answers, answer => Assert.True(answer.Status is 200 or 403));
        Assert.Equal((200, 2), (status, again.GetProperty("wipes").GetArrayLength()));
        Assert.Equal(2, bench.AuditLog.Collector.GetSnapshot().Count(record => record.Id.Id == 2603));
        _site.AssertNothingIsLeft();
    }

    [Fact]
    public async Task Rings_that_are_not_open_yet_are_not_destroyed_by_a_call()
    {
        using var bench = new Bench(folder: _site.Folder, isOpen: false);
        Assert.Equal(409, (await DecommissionSite.CallAsync(bench, "{}")).Status);
        Assert.Equal(409, (await DecommissionSite.CallAsync(bench, DecommissionSite.Confirm("0000-0000-0000-0000"))).Status);
    }
}
