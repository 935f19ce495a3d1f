using Sallyport.Posture.Report;
using Sallyport.Telemetry;

namespace Sallyport.Posture.Checks;

/// <summary>Unattended, or by a rule of the plant.</summary>
internal sealed class AutomaticUpdates : HostCheck<UpdateFacts>
{
    public override string Id => "automatic-updates";

    public override EventSeverity Severity => EventSeverity.Low;

    public override string Demand => "Security updates of the operating system are installed, and none waits for a restart.";

    public override string Iec62443 => "SR 7.6";

    public override string Nist80082 => "SI-2";

    public override string Remedy => "Install and configure unattended-upgrades for security updates, or say in notApplicable how updates come; restart in a planned window.";

    private protected override Section<UpdateFacts> SectionOf(HostReport report) => report.Updates;

    private protected override PostureVerdict Judge(UpdateFacts found, PosturePolicy policy, DateTimeOffset at)
    {
        var wrong = new List<string>();
        if (!found.IsUnattended)
        {
            wrong.Add("security updates are not installed by themselves");
        }

        if (found.NeedsRestart)
        {
            wrong.Add("an update waits for a restart");
        }

        return PostureVerdict.Of(wrong, "Security updates are installed by themselves.");
    }
}
