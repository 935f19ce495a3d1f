using System.Globalization;
using Sallyport.Posture.Report;
using Sallyport.Telemetry;

namespace Sallyport.Posture.Checks;

/// <summary>As the daemon has them in force.</summary>
internal sealed class SshSettings : HostCheck<SshFacts>
{
    public override string Id => "ssh-settings";

    public override EventSeverity Severity => EventSeverity.High;

    public override string Demand => "SSH lets people in by key, never root, and without forwarding to displays.";

    public override string Iec62443 => "SR 1.1, SR 1.13, SR 7.6";

    public override string Nist80082 => "AC-17, IA-2, CM-6";

    public override string Remedy => "In /etc/ssh/sshd_config.d: PermitRootLogin no, PasswordAuthentication no, KbdInteractiveAuthentication no, PermitEmptyPasswords no, X11Forwarding no, MaxAuthTries 4.";

    private protected override Section<SshFacts> SectionOf(HostReport report) => report.Ssh;

    private protected override PostureVerdict WhenAbsent(string reason) => PostureVerdict.NotApplicable(reason);

    private protected override PostureVerdict Judge(SshFacts found, PosturePolicy policy, DateTimeOffset at)
    {
        foreach ((string keyword, _) in Demanded)
        {
            if (!found.Settings.Any(setting => setting.Match is null && Is(setting, keyword)))
            {
                return PostureVerdict.CannotTell($"The report does not have {keyword}.");
            }
        }

        return PostureVerdict.Of(
            [.. found.Settings.Where(setting => Array.Exists(Demanded, one => Is(setting, one.Keyword) && !one.IsGood(setting.Value))).Select(Words)],
            $"As it should be ({found.Source}).");
    }

    private static readonly (string Keyword, Func<string, bool> IsGood)[] Demanded =
    [
        ("permitrootlogin", IsNo),
        ("passwordauthentication", IsNo),
        ("kbdinteractiveauthentication", IsNo),
        ("permitemptypasswords", IsNo),
        ("x11forwarding", IsNo),
        ("maxauthtries", value => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int tries) && tries <= 4),
    ];

    private static bool IsNo(string value) => value is "no";

    private static bool Is(SshSetting setting, string keyword) => string.Equals(setting.Keyword, keyword, StringComparison.Ordinal);

    private static string Words(SshSetting setting) =>
        $"{setting.Keyword} is {setting.Value}{(setting.Match is null ? "" : $" for Match {setting.Match}")}";
}
