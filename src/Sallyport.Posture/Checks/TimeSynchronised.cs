using Sallyport.Posture.Report;
using Sallyport.Telemetry;

namespace Sallyport.Posture.Checks;

/// <summary>Certificates and events depend on it.</summary>
internal sealed class TimeSynchronised : HostCheck<ClockFacts>
{
    public override string Id => "time-synchronised";

    public override EventSeverity Severity => EventSeverity.Medium;

    public override string Demand => "The clock follows a time source.";

    public override string Iec62443 => "SR 2.11";

    public override string Nist80082 => "AU-8, SC-45";

    public override string Remedy => "Point chrony or systemd-timesyncd to the plant's time server, and let the firewall allow it.";

    private protected override Section<ClockFacts> SectionOf(HostReport report) => report.Clock;

    private protected override PostureVerdict Judge(ClockFacts found, PosturePolicy policy, DateTimeOffset at) => found.IsSynchronised
        ? PostureVerdict.Pass($"Synchronised, says {found.Source}.")
        : PostureVerdict.Fail($"Not synchronised, says {found.Source}.");
}
