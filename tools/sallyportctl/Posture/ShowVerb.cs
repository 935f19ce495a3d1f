using System.CommandLine;
using Sallyport.Posture;
using Sallyport.Posture.Report;

namespace Sallyport.Ctl.Posture;

/// <summary><c>sallyportctl posture show</c>: judges a report as Watchdog does.</summary>
internal sealed class ShowVerb(Surroundings surroundings)
{
    // Where the host's timer writes it: infra/edge/sallyport-posture.service.
    private const string UsualReport = "/var/lib/sallyport-posture/report.json";

    private readonly Option<string> _report = new("--report") { Description = "The report of \"posture collect\".", HelpName = "file", DefaultValueFactory = _ => UsualReport };
    private readonly Option<int> _maxAge = new("--max-age") { Description = "Hours after which a report proves nothing.", HelpName = "hours", DefaultValueFactory = _ => 26 };
    private readonly Option<string[]> _allow = new("--allow-port") { Description = "A port that may listen, such as tcp/22; instead of the usual ones. May be repeated.", HelpName = "port" };
    private readonly Option<string[]> _field = new("--field-interface") { Description = "A network interface that leads to controllers. May be repeated.", HelpName = "name" };
    private readonly Option<bool> _hostOnly = new("--host-only") { Description = "Leaves out the checks that only the running modules can make." };

    /// <summary>Builds the verb.</summary>
    public Command Build()
    {
        var verb = new Command("show", "Judges a report: a table with the score, evidence and remedies. Exit code 0 if no check failed.");
        verb.Options.Add(_report);
        verb.Options.Add(_maxAge);
        verb.Options.Add(_allow);
        verb.Options.Add(_field);
        verb.Options.Add(_hostOnly);
        verb.SetAction(Run);
        return verb;
    }

    private int Run(ParseResult parsed)
    {
        string path = parsed.GetRequiredValue(_report);
        if (new FileInfo(path).Length > HostReportJson.MaxSizeInBytes || !HostReportJson.TryRead(File.ReadAllBytes(path), out HostReport? report))
        {
            throw new WrongUsageException($"{path}: it is no report of \"posture collect\" ({HostReport.SchemaName}).");
        }

        DateTimeOffset now = surroundings.Time.GetUtcNow();
        var evidence = new PostureEvidence(ReportReading.Of(report, now, TimeSpan.FromHours(parsed.GetValue(_maxAge))), GatewayFacts.None, now);
        PostureAssessment assessment = PostureAssessment.Of(evidence, PolicyOf(parsed));
        return surroundings.Screen.Give(new PostureReport(report.Host, report.CollectedAt, assessment), parsed.GetValue(CommandTree.Json));
    }

    private PosturePolicy PolicyOf(ParseResult parsed)
    {
        PosturePolicy policy = PosturePolicy.Default with { FieldInterfaces = [.. parsed.GetValue(_field) ?? []] };
        if (parsed.GetValue(_allow) is { Length: > 0 } ports)
        {
            string[] wrong = [.. ports.Where(port => !PortName.IsValid(port))];
            policy = wrong.Length is 0
                ? policy with { AllowedPorts = policy.AllowedPorts.Clear().Union(ports) }
                : throw new WrongUsageException($"{string.Join(", ", wrong)}: a port is tcp/ or udp/ and a number from 1 to 65535.");
        }

        return parsed.GetValue(_hostOnly)
            ? policy with { NotApplicable = policy.NotApplicable.AddRange(PostureChecks.All.Where(check => check.IsOfGateway).Select(check => KeyValuePair.Create(check.Id, "Left out: only the running modules can tell."))) }
            : policy;
    }
}
