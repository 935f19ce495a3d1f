using Sallyport.Posture.Report;
using Sallyport.Telemetry;

namespace Sallyport.Posture.Checks;

/// <summary>Settings of the network stack.</summary>
internal sealed class KernelNetwork : HostCheck<KernelFacts>
{
    public override string Id => "kernel-network";

    public override EventSeverity Severity => EventSeverity.Medium;

    public override string Demand => "The kernel refuses packets with wrong senders, redirects and source routes.";

    public override string Iec62443 => "SR 5.2, SR 7.1";

    public override string Nist80082 => "SC-7, SC-5";

    public override string Remedy => "Set net.ipv4.conf.all.rp_filter to 1 or 2 and accept_redirects, accept_source_route and send_redirects to 0 in /etc/sysctl.d.";

    private protected override Section<KernelFacts> SectionOf(HostReport report) => report.Kernel;

    private protected override PostureVerdict Judge(KernelFacts found, PosturePolicy policy, DateTimeOffset at)
    {
        var wrong = new List<string>();
        foreach ((string name, string[] good) in Demanded)
        {
            if (found.Settings.FirstOrDefault(one => string.Equals(one.Name, name, StringComparison.Ordinal)) is not { } setting)
            {
                return PostureVerdict.CannotTell($"The report does not have {name}.");
            }

            if (!good.Contains(setting.Value, StringComparer.Ordinal))
            {
                wrong.Add($"{name} is {setting.Value}");
            }
        }

        return PostureVerdict.Of(wrong, "Wrong senders, redirects and source routes are refused.");
    }

    private static readonly (string Name, string[] Good)[] Demanded =
    [
        ("net.ipv4.conf.all.rp_filter", ["1", "2"]),
        ("net.ipv4.conf.all.accept_redirects", ["0"]),
        ("net.ipv4.conf.all.accept_source_route", ["0"]),
        ("net.ipv4.conf.all.send_redirects", ["0"]),
        ("net.ipv4.tcp_syncookies", ["1", "2"]),
    ];
}
