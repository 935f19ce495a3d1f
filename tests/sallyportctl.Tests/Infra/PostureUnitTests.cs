using Sallyport.TestKit;

namespace Sallyport.Ctl.Tests.Infra;

/// <summary>The systemd units of the posture report.</summary>
public sealed class PostureUnitTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Systemd_understands_them()
    {
        string systemd = Peer.Require("systemd-analyze");
        string service = Text("sallyport-posture.service").Replace("/usr/local/bin/sallyportctl", "/bin/true", StringComparison.Ordinal);
        string[] units = [_folder.Write("sallyport-posture.service", service), _folder.Write("sallyport-posture.timer", Text("sallyport-posture.timer"))];
        Assert.Equal("", await Command.RunAsync(systemd, ["verify", "--man=no", .. units]));
    }

    [Fact]
    public void The_service_writes_where_watchdog_reads()
    {
        const string folder = "/var/lib/sallyport-posture";
        Assert.Contains($"--out {folder}/report.json", Text("sallyport-posture.service"), StringComparison.Ordinal);
        Assert.Contains($"ReadWritePaths={folder}\n", Text("sallyport-posture.service"), StringComparison.Ordinal);
        Assert.Contains($"`{folder}/report.json`", File.ReadAllText(RepositoryRoot.Combine("modules", "Watchdog", "README.md")), StringComparison.Ordinal);
    }

    private static string Text(string name) => File.ReadAllText(RepositoryRoot.Combine("infra", "edge", name));
}
