using System.Collections.Immutable;
using CsCheck;
using Sallyport.Ctl.Posture.Collect;
using Sallyport.Posture;
using Sallyport.Posture.Report;
using Sallyport.Telemetry;
using Sallyport.TestKit;

namespace Sallyport.Ctl.Tests.Posture;

/// <summary>The collector against the real sshd, nft and kernel, in network namespaces of their own.</summary>
public sealed class RealHostTests : IDisposable
{
    private static readonly string[] Keywords =
        ["PermitRootLogin", "passwordauthentication", "KbdInteractiveAuthentication", "ChallengeResponseAuthentication", "PERMITEMPTYPASSWORDS", "X11Forwarding", "MaxAuthTries"];

    private static readonly string[] Values = ["yes", "no", "prohibit-password", "forced-commands-only", "2", "6"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_files_of_sshd_are_read_as_sshd_reads_them()
    {
        string daemon = Peer.Require("sshd");
        Peer.RequireRoot("sshd -T");
        Directory.CreateDirectory("/run/sshd");
        string key = _folder["host_key"];
        await Command.RunAsync("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key);
        Gen<(string Keyword, string Value, int Form)> line = Gen.Select(
            Gen.Int[0, Keywords.Length - 1].Select(at => Keywords[at]),
            Gen.Int[0, Values.Length - 1].Select(at => Values[at]),
            Gen.Int[0, 4]).Where(one => IsValid(one.Item1, one.Item2));
        string configuration = _folder["sshd_config"];
        await line.Array[0, 9].SampleAsync(
            async lines =>
            {
                string included = _folder.Write("more.conf", string.Join('\n', lines.Skip(5).Select(Text)) + "\n");
                _folder.Write("sshd_config", $"{string.Join('\n', lines.Take(3).Select(Text))}\nInclude {included}\n{string.Join('\n', lines.Skip(3).Take(2).Select(Text))}\n");
                string said = await Command.RunAsync(daemon, "-T", "-f", configuration, "-h", key);
                ImmutableArray<SshSetting> files = SshdFiles.Read(HostView.Of("/"), configuration).Global;
                return SshGatherer.Effective(said).SequenceEqual(files.Where(setting => setting.Match is null));
            },
            iter: 25,
            threads: 1);
    }

    [Fact]
    public async Task A_box_in_a_network_of_its_own_is_seen_as_it_is()
    {
        Peer.RequireRoot("a network namespace");
        string nft = Peer.Require("nft");
        string python = Peer.Require("python3");
        string rules = _folder.Write(
            "rules.nft",
            "table inet gw {\n chain in { type filter hook input priority 0; policy drop;\n iif lo accept\n }\n chain pass { type filter hook forward priority 0; policy drop;\n }\n}\n");
        string listener = _folder.Write(
            "listen.py",
            "import socket,subprocess,sys\n"
            + "made=[]\n"
            + "for kind,address,port in ((socket.SOCK_STREAM,'0.0.0.0',1883),(socket.SOCK_STREAM,'127.0.0.1',9600),(socket.SOCK_DGRAM,'0.0.0.0',1900)):\n"
            + "  s=socket.socket(socket.AF_INET,kind); s.bind((address,port)); made.append(s)\n"
            + "  if kind==socket.SOCK_STREAM: s.listen()\n"
            + "sys.exit(subprocess.call(sys.argv[1:]))\n");
        string report = _folder["report.json"];
        string script = _folder.Write(
            "box.sh",
            "set -e\nip link set lo up\nip link add field0 type veth peer name field1\nip addr add 192.168.77.2/24 dev field0\nip link set field0 up\nip link set field1 up\n"
            + $"ip route add default via 192.168.77.1\n{nft} -f {rules}\n{python} {listener} dotnet {Path.Combine(AppContext.BaseDirectory, "sallyportctl.dll")} posture collect --out {report}\n");
        await Command.RunAsync("unshare", "--net", "sh", script);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(report));
        byte[] json = await File.ReadAllBytesAsync(report, TestContext.Current.CancellationToken);
        Assert.Empty(MessageSchema.Faults(HostReport.SchemaName, json));
        Assert.True(HostReportJson.TryRead(json, out HostReport? read));
        Assert.Equal(["tcp/1883 at 0.0.0.0 (python3)", "tcp/9600 at 127.0.0.1 (python3)", "udp/1900 at 0.0.0.0 (python3)"], read.Sockets.Found!.Listening.Select(socket => $"{socket.Protocol}/{socket.Port} at {socket.Address} ({socket.Process})"));

        PostureAssessment assessment = PostureAssessment.Of(
            new PostureEvidence(new ReportReading.Usable(read), GatewayFacts.None, read.CollectedAt), PosturePolicy.Default with { FieldInterfaces = ["field0"] });
        Assert.Equal(PostureResult.Pass, VerdictOf(assessment, "firewall-drop").Result);
        Assert.Equal("0.0.0.0/0 leads through field0 by 192.168.77.1.", VerdictOf(assessment, "field-route").Evidence);
        Assert.Equal("MQTT on tcp/1883 at 0.0.0.0 (python3); UPnP (SSDP) on udp/1900 at 0.0.0.0 (python3).", VerdictOf(assessment, "clear-text-services").Evidence);
        Assert.Equal(PostureResult.Fail, VerdictOf(assessment, "listening-sockets").Result);
    }

    [Theory]
    [InlineData("table inet gw {\n chain in { type filter hook input priority 0; policy accept;\n }\n}\n", PostureResult.Fail)]
    [InlineData("table ip a {\n chain in { type filter hook input priority 0; policy drop;\n }\n chain pass { type filter hook forward priority 0; policy drop;\n }\n}\n", PostureResult.Fail)]
    [InlineData("table inet a {\n chain in { type filter hook input priority 0; policy drop;\n counter accept\n }\n chain pass { type filter hook forward priority 0; policy drop;\n }\n}\n", PostureResult.Fail)]
    [InlineData("table inet a {\n flags dormant\n chain in { type filter hook input priority 0; policy drop;\n }\n chain pass { type filter hook forward priority 0; policy drop;\n }\n}\n", PostureResult.Fail)]
    [InlineData("table inet a {\n chain in { type nat hook input priority 0; policy accept;\n }\n}\n", PostureResult.Fail)]
    [InlineData("table inet a {\n chain in { type filter hook input priority 0; policy drop;\n }\n}\ntable inet b {\n chain pass { type filter hook forward priority -10; policy drop;\n }\n}\n", PostureResult.Pass)]
    public async Task A_ruleset_that_nft_loaded_is_judged(string ruleset, PostureResult expected)
    {
        Peer.RequireRoot("a network namespace");
        string nft = Peer.Require("nft");
        using var box = new Box();
        box.Programs["nft -j list ruleset"] = await Command.RunAsync("unshare", "--net", "sh", "-c", $"{nft} -f {_folder.Write("rules.nft", ruleset)} && {nft} -j list ruleset");
        Assert.Equal(expected, (await box.JudgeAsync("firewall-drop", PosturePolicy.Default)).Result);
    }

    private static PostureVerdict VerdictOf(PostureAssessment assessment, string check) => assessment.Findings.Single(finding => string.Equals(finding.Check.Id, check, StringComparison.Ordinal)).Verdict;

    private static bool IsValid(string keyword, string value) => keyword switch
    {
        "MaxAuthTries" => value is "2" or "6",
        "PermitRootLogin" => value is not ("2" or "6"),
        _ => value is "yes" or "no",
    };

    private static string Text((string Keyword, string Value, int Form) line) => line.Form switch
    {
        0 => $"{line.Keyword}={line.Value}",
        1 => $"  {line.Keyword}\t{line.Value}",
        2 => $"{line.Keyword} \"{line.Value}\"",
        3 => $"{line.Keyword} = {line.Value} # so",
        _ => $"#{line.Keyword} {line.Value}",
    };
}
