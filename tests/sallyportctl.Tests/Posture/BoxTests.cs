using Sallyport.Posture;
using Sallyport.Posture.Report;
using Sallyport.Telemetry;

namespace Sallyport.Ctl.Tests.Posture;

/// <summary>Each check that looks at the host: a box that passes, one that fails and one that does not say.</summary>
public sealed class BoxTests
{
    private static readonly PosturePolicy Policy = PosturePolicy.Default with { FieldInterfaces = ["field0"], LeastFreePercent = 0 };

    private static readonly (string Check, Action<Box> Spoil, string Evidence, Action<Box> Blind)[] Cases =
    [
        ("certificate-authentication", box => box.Replace("/etc/aziot/config.toml", "x509", "symmetric_key"), "symmetric_key", box => box.Delete("/etc/aziot/config.toml")),
        ("daemon-keys", box => box.Replace("/etc/aziot/config.toml", "pkcs11_lib_path", "other"), "in files", box => box.Write("/etc/aziot/config.toml", "= not TOML")),
        ("firewall-drop", box => box.Programs["nft -j list ruleset"] = """{"nftables":[{"metainfo":{}}]}""", "no ruleset", box => box.Programs.Remove("nft -j list ruleset")),
        ("field-route", box => box.Replace("/proc/net/route", "eth0\t00000000", "field0\t00000000"), "0.0.0.0/0 leads through field0 by 192.0.2.1", box => box.Delete("/proc/net/route")),
        ("clear-text-services", box => box.Replace("/proc/net/tcp", "00000000:0016", "00000000:075B"), "MQTT on tcp/1883 at 0.0.0.0 (sshd)", box => box.Delete("/proc/net/tcp")),
        ("listening-sockets", box => box.Replace("/proc/net/tcp6", "0000000001000000:0277", "0000000000000000:0277"), "tcp/631 at ::", box => box.Delete("/proc/net/tcp")),
        ("kernel-network", box => box.Write("/proc/sys/net/ipv4/conf/all/rp_filter", "0\n"), "rp_filter is 0", box => box.Delete("/proc/sys/net/ipv4/conf/all/rp_filter")),
        ("ssh-settings", box => box.Replace("/etc/ssh/sshd_config.d/10-sallyport.conf", "PasswordAuthentication=no", ""), "passwordauthentication is yes", box => File.SetUnixFileMode(box.At("/etc/ssh/sshd_config"), UnixFileMode.None)),
        ("ssh-host-keys", box => File.SetLastWriteTimeUtc(box.At("/etc/ssh/ssh_host_ed25519_key"), new DateTime(2011, 5, 1, 0, 0, 0, DateTimeKind.Utc)), "2011-05-01", box => box.Delete("/etc/ssh/ssh_host_ed25519_key")),
        ("passwords", box => box.Replace("/etc/shadow", "root:!", "root:"), "root has an empty password", box => box.Delete("/etc/shadow")),
        ("secret-files", box => File.SetUnixFileMode(box.At("/etc/aziot/config.toml"), UnixFileMode.UserRead | UnixFileMode.OtherRead), "/etc/aziot/config.toml has 0404", box => new List<string> { "/etc/aziot", "/etc/shadow", "/etc/ssh" }.ForEach(box.Delete)),
        ("time-synchronised", box => box.Delete("/run/systemd/timesync/synchronized"), "Not synchronised", box => box.Delete("/run/systemd/timesync")),
        ("swap", box => box.Replace("/proc/swaps", "/dev/zram0", "/dev/sda3"), "swap in clear on /dev/sda3", box => box.Delete("/proc/swaps")),
        ("core-dumps", box => box.Write("/proc/sys/kernel/core_pattern", "core\n"), "core_pattern is core", box => box.Delete("/proc/sys/kernel/core_pattern")),
        ("runtime-version", box => box.Replace("/var/lib/dpkg/status", "1.6.1-1", "1.4.3-1"), "1.4.3-1 is not supported", box => box.Delete("/var/lib/dpkg/status")),
        ("automatic-updates", box => box.Write("/run/reboot-required", ""), "waits for a restart", box => box.Delete("/etc/apt")),
        ("container-rights", box => box.Programs["docker inspect aa bb"] = $"[{Box.Container("ModbusReader", "\"Privileged\":true")}]", "ModbusReader: privileged", box => box.Programs.Remove("docker ps --quiet --no-trunc")),
        ("images-pinned", box => box.Programs["docker inspect aa bb"] = $"[{Box.Container("ModbusReader", image: "registry.example/modbus:1.0")}]", "ModbusReader is registry.example/modbus:1.0", box => box.Programs["docker inspect aa bb"] = "Error"),
        ("edgehub-volume", box => box.Write("/sys/dev/block/253:1/slaves/dm-0/dm/uuid", "LVM-other\n"), "lies in clear on /dev/mapper/vg-data", box => box.Write("/proc/self/mountinfo", "20 1 0:40 / / rw - overlay overlay rw\n")),
        ("disk-wear", box => box.Write("/sys/block/mmcblk0/device/life_time", "0x01 0x0B\n"), "mmcblk0 has used 110 %", box => box.Write("/sys/block/mmcblk0/device/life_time", "0x00 0x00\n")),
        ("disk-space", _ => { }, "% left", box => box.Write("/proc/self/mountinfo", "")),
    ];

    public static TheoryData<string> HostChecks => [.. PostureChecks.All.Where(check => !check.IsOfGateway).Select(check => check.Id)];

    [Theory]
    [MemberData(nameof(HostChecks))]
    public async Task A_hardened_box_passes(string check)
    {
        using var box = new Box();
        PostureVerdict verdict = await box.JudgeAsync(check, Policy);
        Assert.True(verdict.Result is PostureResult.Pass, verdict.Evidence);
    }

    [Theory]
    [MemberData(nameof(HostChecks))]
    public async Task A_spoiled_box_fails_and_says_what_is_wrong(string check)
    {
        using var box = new Box();
        (_, Action<Box> spoil, string evidence, _) = Assert.Single(Cases, one => string.Equals(one.Check, check, StringComparison.Ordinal));
        spoil(box);
        PostureVerdict verdict = await box.JudgeAsync(check, check is "disk-space" ? Policy with { LeastFreePercent = 100 } : Policy);
        Assert.True(verdict.Result is PostureResult.Fail, verdict.Evidence);
        Assert.Contains(evidence, verdict.Evidence, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(HostChecks))]
    public async Task A_box_that_does_not_say_is_no_pass(string check)
    {
        using var box = new Box();
        Assert.Single(Cases, one => string.Equals(one.Check, check, StringComparison.Ordinal)).Blind(box);
        if (check is "ssh-settings" && Environment.IsPrivilegedProcess)
        {
            // Root reads everything.
            box.Delete("/etc/ssh/sshd_config.d/10-sallyport.conf");
            Directory.CreateDirectory(box.At("/etc/ssh/sshd_config.d/10-sallyport.conf"));
        }

        PostureVerdict verdict = await box.JudgeAsync(check, Policy);
        Assert.True(verdict.Result is PostureResult.Unknown, $"{verdict.Result}: {verdict.Evidence}");
        Assert.NotEmpty(verdict.Evidence);
    }

    [Theory]
    [InlineData("operator", "$6$hgfedcba$EyY8kskhs5cW9gKJ9rSs1./GcEK8sP84o44vgsnehlGQysOsut.bXErPsUjkuSs1ndE5oSx3UuxAvIUTxJ7Yf.", PasswordKind.Default)]
    [InlineData("operator", "$1$abcdefgh$Z/7RyJSVgjyXUEPwuz1161", PasswordKind.WeaklyHashed)]
    [InlineData("operator", "", PasswordKind.Empty)]
    [InlineData("operator", "!$6$abcdefgh$x", PasswordKind.Locked)]
    [InlineData("operator", "*", PasswordKind.Locked)]
    public async Task The_kind_of_a_password_is_told_and_never_its_hash(string name, string hash, PasswordKind kind)
    {
        using var box = new Box();
        box.Write("/etc/shadow", $"root:!:1::::::\ndaemon:*:1::::::\n{name}:{hash}:1::::::\n");
        HostReport report = await box.CollectAsync();
        Assert.Equal(kind, Assert.Single(report.Accounts.Found!.Accounts, account => string.Equals(account.Name, name, StringComparison.Ordinal)).Password);
        Assert.DoesNotContain("$6$", System.Text.Encoding.UTF8.GetString(HostReportJson.Encode(report)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_of_the_box_are_not_in_its_report()
    {
        using var box = new Box();
        string json = System.Text.Encoding.UTF8.GetString(HostReportJson.Encode(await box.CollectAsync()));
        Assert.All((string[])["4711", "rounds=1000", "not a key", "$6$"], secret => Assert.DoesNotContain(secret, json, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_match_block_opens_is_seen()
    {
        using var box = new Box();
        box.Replace("/etc/ssh/sshd_config", "UsePAM yes", "Match User vendor\nPasswordAuthentication yes\nMatch all\n");
        PostureVerdict verdict = await box.JudgeAsync("ssh-settings", Policy);
        Assert.Equal("passwordauthentication is yes for Match User vendor.", verdict.Evidence);
    }

    [Fact]
    public async Task A_second_root_is_found()
    {
        using var box = new Box();
        box.Replace("/etc/passwd", "operator:x:1000", "operator:x:0");
        Assert.Equal("operator has the rights of root.", (await box.JudgeAsync("passwords", Policy)).Evidence);
    }

    [Fact]
    public async Task Without_a_word_of_edgehub_its_folder_may_be_anywhere()
    {
        using var box = new Box();
        box.Programs["docker inspect aa bb"] = $"[{Box.Container("ModbusReader")}]";
        Assert.Equal(PostureResult.Unknown, (await box.JudgeAsync("edgehub-volume", Policy)).Result);
    }

    [Fact]
    public async Task A_box_without_ssh_needs_no_ssh_settings()
    {
        using var box = new Box();
        box.Delete("/etc/ssh/sshd_config");
        Assert.Equal(PostureResult.NotApplicable, (await box.JudgeAsync("ssh-settings", Policy)).Result);
    }

    [Fact]
    public async Task An_empty_folder_is_a_box_of_which_nothing_can_be_told()
    {
        using var box = new Box();
        foreach (DirectoryInfo folder in new DirectoryInfo(box.Root).EnumerateDirectories())
        {
            folder.Delete(recursive: true);
        }

        box.Programs.Clear();
        HostReport report = await box.CollectAsync();
        var evidence = new PostureEvidence(new ReportReading.Usable(report), GatewayFacts.None, Box.Now);
        Assert.Equal(0, PostureAssessment.Of(evidence, Policy).Count(PostureResult.Pass));
    }
}
