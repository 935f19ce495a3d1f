using Sallyport.Posture.Report;
using Sallyport.Telemetry;

namespace Sallyport.Posture.Checks;

/// <summary>An LTS release within its time.</summary>
internal sealed class RuntimeSupported : HostCheck<RuntimeFacts>
{
    public override string Id => "runtime-version";

    public override EventSeverity Severity => EventSeverity.High;

    public override string Demand => "The IoT Edge runtime still gets security updates.";

    public override string Iec62443 => "SR 7.6";

    public override string Nist80082 => "SI-2, SA-22";

    public override string Remedy => "Update aziot-edge and aziot-identity-service, and the images of edgeAgent and edgeHub, to a release with long-term support.";

    private protected override Section<RuntimeFacts> SectionOf(HostReport report) => report.Runtime;

    private protected override PostureVerdict Judge(RuntimeFacts found, PosturePolicy policy, DateTimeOffset at)
    {
        if (!Version.TryParse(found.EdgeVersion.Split('-', '~', '+')[0], out Version? version))
        {
            return PostureVerdict.CannotTell($"'{found.EdgeVersion}' is no version.");
        }

        var release = new Version(version.Major, version.Minor);
        if (release > Releases[^1].Release)
        {
            return PostureVerdict.CannotTell($"IoT Edge {found.EdgeVersion} is newer than this program knows.");
        }

        DateTimeOffset? end = Array.Find(Releases, one => one.Release == release).End;
        return end is { } last && at < last
            ? PostureVerdict.Pass($"IoT Edge {found.EdgeVersion} is supported until {last:yyyy-MM-dd}.")
            : PostureVerdict.Fail($"IoT Edge {found.EdgeVersion} is not supported any more.");
    }

    // Releases with long-term support and the end of it.
    private static readonly (Version Release, DateTimeOffset? End)[] Releases =
    [
        (new Version(1, 4), new DateTimeOffset(2024, 11, 12, 0, 0, 0, TimeSpan.Zero)),
        (new Version(1, 5), new DateTimeOffset(2026, 11, 10, 0, 0, 0, TimeSpan.Zero)),
        (new Version(1, 6), new DateTimeOffset(2028, 11, 14, 0, 0, 0, TimeSpan.Zero)),
    ];
}
