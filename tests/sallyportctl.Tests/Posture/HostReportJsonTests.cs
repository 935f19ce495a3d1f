using System.Text;
using CsCheck;
using Sallyport.Posture;
using Sallyport.Posture.Report;

namespace Sallyport.Ctl.Tests.Posture;

/// <summary>A report comes from a folder that others may write: whatever stands in it, it is read or refused.</summary>
public sealed class HostReportJsonTests
{
    private static readonly string Good = Encoding.UTF8.GetString(HostReportJson.Encode(ShowTests.Report));

    [Fact]
    public void What_was_written_is_read_again() =>
        Assert.Equal(Good, Encoding.UTF8.GetString(HostReportJson.Encode(Read(Good) ?? throw new InvalidOperationException("It was refused."))));

    [Theory]
    [InlineData("\"host\": \"gw-1\"", "\"host\": null")]
    [InlineData("\"host\": \"gw-1\"", "\"hosts\": \"gw-1\"")]
    [InlineData("\"host\": \"gw-1\"", "\"host\": \"gw-1\", \"host\": \"gw-2\"")]
    [InlineData("\"host\": \"gw-1\"", "\"host\": 1")]
    [InlineData("posture-report/1", "posture-report/2")]
    [InlineData("\"port\": 22,", "")]
    [InlineData("\"port\": 22", "\"port\": 1e99")]
    [InlineData("\"password\": \"locked\"", "\"password\": \"open\"")]
    [InlineData("\"password\": \"locked\"", "\"password\": 1")]
    [InlineData("\"unknown\": \"The host", "\"absent\": \"x\", \"unknown\": \"The host")]
    [InlineData("\"interfaces\": [", "\"interfaces\": [ null,")]
    [InlineData("\"interfaces\": [", "\"interfaces\": [ \"\\ud800\",")]
    [InlineData("\"swap\": []", "\"swap\": null")]
    public void What_does_not_follow_the_format_is_refused(string old, string with)
    {
        string spoiled = Good.Replace(old, with, StringComparison.Ordinal);
        Assert.NotEqual(Good, spoiled);
        Assert.Null(Read(spoiled));
    }

    [Fact]
    public void A_report_that_is_too_large_is_refused() => Assert.Null(Read(Good + new string(' ', HostReportJson.MaxSizeInBytes)));

    [Fact]
    public void Spoiled_bytes_never_throw_neither_here_nor_in_a_check() =>
        Gen.Select(Gen.Int[0, Good.Length - 1], Gen.Byte, Gen.Int[0, 40]).Array[1, 4].Sample(
            spoils =>
            {
                List<byte> bytes = [.. Encoding.UTF8.GetBytes(Good)];
                foreach ((int at, byte value, int cut) in spoils)
                {
                    int place = Math.Min(at, bytes.Count - 1);
                    bytes[place] = value;
                    bytes.RemoveRange(place, Math.Min(cut % 8, bytes.Count - place));
                }

                if (HostReportJson.TryRead(bytes.ToArray(), out HostReport? report))
                {
                    var evidence = new PostureEvidence(new ReportReading.Usable(report), GatewayFacts.None, report.CollectedAt);
                    Assert.Equal(PostureChecks.All.Length, PostureAssessment.Of(evidence, PosturePolicy.Default with { FieldInterfaces = ["field0"] }).Findings.Length);
                }
            },
            iter: 2000);

    [Fact]
    public void Control_characters_of_strangers_do_not_reach_a_terminal()
    {
        HostReport report = ShowTests.Report with { Sockets = Section.Found(new SocketFacts([new ListeningSocket("tcp", "0.0.0.0", 4711, "evil\u001b[2J\n")])) };
        var evidence = new PostureEvidence(new ReportReading.Usable(report), GatewayFacts.None, report.CollectedAt);
        PostureFinding finding = PostureAssessment.Of(evidence, PosturePolicy.Default).Findings.Single(one => one.Check.Id is "listening-sockets");
        Assert.Equal("tcp/4711 at 0.0.0.0 (evil?[2J?).", finding.Verdict.Evidence);
    }

    [Theory]
    [InlineData(26, 0, true)]
    [InlineData(26, 1, false)]
    [InlineData(0, -301, false)]
    [InlineData(0, -299, true)]
    public void A_report_is_usable_from_its_date_until_it_is_too_old(int hours, int seconds, bool isUsable)
    {
        HostReport report = ShowTests.Report;
        DateTimeOffset now = report.CollectedAt.AddHours(hours).AddSeconds(seconds);
        Assert.Equal(isUsable, ReportReading.Of(report, now, TimeSpan.FromHours(26)) is ReportReading.Usable);
    }

    private static HostReport? Read(string json) => HostReportJson.TryRead(Encoding.UTF8.GetBytes(json), out HostReport? report) ? report : null;
}
