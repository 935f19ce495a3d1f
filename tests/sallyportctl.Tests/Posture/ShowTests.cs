using Microsoft.Extensions.Time.Testing;
using Sallyport.Ctl.Posture.Collect;
using Sallyport.Posture.Report;
using Sallyport.TestKit;

namespace Sallyport.Ctl.Tests.Posture;

/// <summary><c>posture show</c> and <c>posture collect</c>.</summary>
public sealed class ShowTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 8, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();

    internal static HostReport Report => new()
    {
        Schema = HostReport.SchemaName,
        CollectedAt = Now.AddHours(-3),
        Host = "gw-1",
        Collector = "0.1.0",
        Ssh = Section.Found(new SshFacts(
            "sshd -T",
            [.. SshdFiles.Defaults.Select(one => new SshSetting(one.Key, one.Value))],
            [new SshHostKey("/etc/ssh/ssh_host_ed25519_key", "ssh-ed25519", 256, Now.AddDays(-90))])),
        Accounts = Section.Found(new AccountFacts([new Account("root", 0, HasShell: true, PasswordKind.Locked), new Account("pi", 1000, HasShell: true, PasswordKind.Default)], DefaultsTried: true)),
        Firewall = Section.Unknown<FirewallFacts>("The host has no program nft that could be asked."),
        Sockets = Section.Found(new SocketFacts([new ListeningSocket("tcp", "0.0.0.0", 22, "sshd"), new ListeningSocket("tcp", "0.0.0.0", 1883, "mosquitto")])),
        Containers = Section.Found(new ContainerFacts("docker", [new HostContainer("ModbusReader", Box.Image, "sha256:ab", "1654", false, true, true, true, [], [])])),
        Volumes = Section.Found(new VolumeFacts([new DataFolder("engine", "/var/lib/docker", "/", "/dev/mmcblk0p2", IsEncrypted: false)])),
        Kernel = Section.Found(new KernelFacts([new KernelSetting("kernel.core_pattern", "|/bin/false"), new KernelSetting("fs.suid_dumpable", "0")], [])),
        Clock = Section.Found(new ClockFacts(IsSynchronised: true, "timedatectl")),
        Routes = Section.Found(new RouteFacts(["eth0", "field0"], [new HostRoute("eth0", "0.0.0.0/0", "192.0.2.1")])),
        Secrets = Section.Found(new SecretFacts([new SecretFile("/etc/shadow", "0640")])),
        Runtime = Section.Found(new RuntimeFacts("1.6.1-1", "x509", KeysInToken: true)),
        Storage = Section.Found(new StorageFacts([new FileSystemRoom("/", 1000, 423)], [new DiskWear("mmcblk0", 20)])),
        Updates = Section.Found(new UpdateFacts(IsUnattended: true, NeedsRestart: false)),
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("posture-show.txt", false, new string[0])]
    [InlineData("posture-show-terminal.txt", true, new[] { "--host-only", "--field-interface", "field0" })]
    [InlineData("posture-show.json", false, new[] { "--host-only", "--field-interface", "field0", "--allow-port", "tcp/22", "--allow-port", "tcp/1883", "--json" })]
    public async Task A_report_is_judged(string golden, bool isTerminal, string[] options)
    {
        using Bench bench = NewBench(isTerminal);
        Assert.Equal(ExitCode.Problems, await bench.RunAsync(["posture", "show", "--report", Write(Report), .. options]));
        Golden.Match(golden, bench.Output);
    }

    [Fact]
    public void The_operators_document_shows_what_is_so()
    {
        string document = File.ReadAllText(RepositoryRoot.Combine("docs", "operations", "posture.md"));
        Assert.Contains("```\n" + File.ReadAllText(RepositoryRoot.Combine("tests", "sallyportctl.Tests", "Golden", "posture-show.txt")) + "```\n", document, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_old_report_proves_nothing_and_fails_nothing()
    {
        using Bench bench = NewBench();
        Assert.Equal(ExitCode.Good, await bench.RunAsync("posture", "show", "--report", Write(Report with { CollectedAt = Now.AddHours(-27) })));
        Assert.Contains("score 0 of 100, 0 failed, 29 cannot be told", bench.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"schema":"sallyport.posture-report/2"}""")]
    [InlineData("not JSON")]
    public async Task What_is_no_report_is_wrong_usage(string text)
    {
        using Bench bench = NewBench();
        Assert.Equal(ExitCode.WrongUsage, await bench.RunAsync("posture", "show", "--report", _folder.Write("report.json", text)));
        Assert.Contains("it is no report", bench.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("22")]
    [InlineData("tcp/0")]
    [InlineData("tcp/65536")]
    [InlineData("sctp/1")]
    public async Task A_port_that_is_none_is_wrong_usage(string port)
    {
        using Bench bench = NewBench();
        Assert.Equal(ExitCode.WrongUsage, await bench.RunAsync("posture", "show", "--report", Write(Report), "--allow-port", port));
    }

    [Fact]
    public async Task Collect_writes_a_report_of_the_box_that_show_understands()
    {
        using var box = new Box();
        using Bench bench = NewBench();
        string path = _folder["report.json"];
        Assert.Equal(ExitCode.Good, await bench.RunAsync("posture", "collect", "--root", box.Root, "--out", path));
        Assert.Equal("", bench.Output);
        Assert.True(HostReportJson.TryRead(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken), out HostReport? report));
        Assert.Equal(("gw-1", Now), (report.Host, report.CollectedAt));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(path));
        Assert.False(File.Exists(path + ".new"));
    }

    [Fact]
    public async Task A_root_that_is_not_there_is_wrong_usage()
    {
        using Bench bench = NewBench();
        Assert.Equal(ExitCode.WrongUsage, await bench.RunAsync("posture", "collect", "--root", _folder["nowhere"]));
    }

    private static Bench NewBench(bool isTerminal = false) => new() { Time = new FakeTimeProvider(Now), IsTerminal = isTerminal };

    private string Write(HostReport report) => _folder.Write("report.json", System.Text.Encoding.UTF8.GetString(HostReportJson.Encode(report)));
}
