using Sallyport.Hosting.Scraping;
using Sallyport.Posture;
using Sallyport.Posture.Report;
using Sallyport.Telemetry;
using Sallyport.TestKit;
using Sallyport.Watchdog.Posture;

namespace Sallyport.Watchdog.Tests.Posture;

/// <summary>Checks of what modules know of themselves, from pages as the modules serve them.</summary>
public sealed class GatewayCheckTests
{
    private static readonly MetricSample[] Page =
    [
        Sample("sallyport_sas_remaining_seconds", 3400, ("link", "edgeHub")),
        Sample("sallyport_sas_remaining_seconds", 0),
        Sample("sallyport_buffer_device_key", 1, ("key", "seal"), ("provider", "tpm"), ("protection", "hardware")),
        Sample("sallyport_buffer_device_key_step_down", 0, ("key", "seal")),
        Sample("sallyport_buffer_storage", 1, ("lane", "bulk"), ("state", "disk")),
        Sample("sallyport_buffer_storage", 0, ("lane", "bulk"), ("state", "memory")),
        Sample("sallyport_buffer_capacity_bytes", 1 << 30, ("lane", "bulk")),
    ];

    [Theory]
    [InlineData("token-life")]
    [InlineData("device-keys")]
    [InlineData("buffer-encrypted")]
    [InlineData("buffer-bounded")]
    public void A_good_page_passes_and_no_page_is_no_pass(string check)
    {
        Assert.Equal(PostureResult.Pass, Judge(check, PageFacts.Of(Page)));
        Assert.Equal(PostureResult.Unknown, Judge(check, PageFacts.Of([])));
    }

    [Fact]
    public void A_token_that_lives_a_day_fails() =>
        Assert.Equal(PostureResult.Fail, Judge("token-life", PageFacts.Of([.. Page, Sample("sallyport_sas_remaining_seconds", 86400)])));

    [Theory]
    [InlineData("file", 0, PostureResult.Fail)]
    [InlineData("wrapped", 0, PostureResult.Fail)]
    [InlineData("", 0, PostureResult.Fail)]
    [InlineData("token", 0, PostureResult.Pass)]
    [InlineData("hardware", 1, PostureResult.Fail)]
    public void A_key_is_judged_by_where_it_is(string protection, int steppedDown, PostureResult expected) => Assert.Equal(expected, Judge("device-keys", PageFacts.Of(
    [
        Sample("sallyport_buffer_device_key", 1, ("key", "seal"), ("protection", protection)),
        Sample("sallyport_buffer_device_key_step_down", steppedDown, ("key", "seal")),
    ])));

    [Theory]
    [InlineData("memory", PostureResult.Fail)]
    [InlineData("fenced", PostureResult.Fail)]
    [InlineData("opening", PostureResult.Unknown)]
    [InlineData("disk", PostureResult.Pass)]
    public void A_lane_is_judged_by_what_it_rests_on(string state, PostureResult expected) =>
        Assert.Equal(expected, Judge("buffer-encrypted", PageFacts.Of([Sample("sallyport_buffer_storage", 1, ("lane", "alert"), ("state", state))])));

    [Theory]
    [InlineData(0, PostureResult.Fail)]
    [InlineData(double.NaN, PostureResult.Unknown)]
    [InlineData(4096, PostureResult.Pass)]
    public void A_lane_is_judged_by_its_end(double capacity, PostureResult expected) => Assert.Equal(expected, Judge("buffer-bounded", PageFacts.Of(
        [Sample("sallyport_buffer_storage", 1, ("lane", "bulk"), ("state", "disk")), Sample("sallyport_buffer_capacity_bytes", capacity, ("lane", "bulk"))])));

    [Theory]
    [InlineData("1654", "0000000000000000", "1", "2", "ro,relatime", PostureResult.Pass)]
    [InlineData("0", "0000000000000000", "1", "2", "ro", PostureResult.Fail)]
    [InlineData("1654", "00000000a80425fb", "1", "2", "ro", PostureResult.Fail)]
    [InlineData("1654", "0000000000000000", "0", "2", "ro", PostureResult.Fail)]
    [InlineData("1654", "0000000000000000", "1", "0", "ro", PostureResult.Fail)]
    [InlineData("1654", "0000000000000000", "1", "2", "rw", PostureResult.Fail)]
    [InlineData("1654", "?", "1", "2", "ro", PostureResult.Unknown)]
    public void A_container_is_judged_by_what_its_process_may(string user, string capabilities, string noNew, string seccomp, string options, PostureResult expected)
    {
        OwnContainerFacts? facts = OwnContainer.Read(
            ["Name:\tWatchdog", $"Uid:\t{user}\t{user}\t{user}\t{user}", $"CapEff:\t{capabilities}", $"NoNewPrivs:\t{noNew}", $"Seccomp:\t{seccomp}"],
            [$"30 20 0:50 / / {options} - overlay overlay rw", "31 30 0:51 / /proc rw - proc proc rw"]);
        Assert.Equal(expected, Judge("own-container", new GatewayFacts { Container = facts }));
    }

    [Fact]
    public void This_process_sees_its_own_rights() => Assert.Equal(Environment.IsPrivilegedProcess, OwnContainer.Read()!.UserId is 0);

    [Fact]
    public async Task A_process_without_rights_on_a_read_only_root_sees_that_it_has_none()
    {
        string setpriv = Peer.Require("setpriv");
        Peer.RequireRoot("another user and a mount of its own");
        string said = await Command.RunAsync(
            "unshare",
            "--mount",
            "sh",
            "-c",
            $"mount --bind / /mnt && mount --bind /proc /mnt/proc && mount -o remount,bind,ro /mnt && cd /mnt && exec chroot /mnt {setpriv} --reuid 1654 --regid 1654 --clear-groups --bounding-set -all --no-new-privs sh -c 'cat /proc/self/status; echo ---; cat /proc/self/mountinfo'");
        string[] parts = said.Split("---\n");
        OwnContainerFacts? facts = OwnContainer.Read(parts[0].Split('\n'), parts.ElementAtOrDefault(1)?.Split('\n') ?? []);
        Assert.NotNull(facts);
        Assert.Equal((1654, 0ul, true, true), (facts.UserId, facts.Capabilities, facts.NoNewPrivileges, facts.IsReadOnly));
    }

    internal static PostureResult Judge(string check, GatewayFacts facts)
    {
        var evidence = new PostureEvidence(new ReportReading.Unusable("There is none."), facts, TimeProvider.System.GetUtcNow());
        return PostureAssessment.Of(evidence, PosturePolicy.Default).Findings.Single(finding => string.Equals(finding.Check.Id, check, StringComparison.Ordinal)).Verdict.Result;
    }

    private static MetricSample Sample(string name, double value, params (string Name, string Value)[] labels) =>
        new(name, labels.ToDictionary(label => label.Name, label => label.Value, StringComparer.Ordinal), value);
}
