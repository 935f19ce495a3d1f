using Sallyport.Posture.Report;
using Sallyport.Telemetry;

namespace Sallyport.Posture.Checks;

/// <summary>Kind, size and age.</summary>
internal sealed class SshHostKeys : HostCheck<SshFacts>
{
    public override string Id => "ssh-host-keys";

    public override EventSeverity Severity => EventSeverity.Medium;

    public override string Demand => "SSH host keys are strong and not too old.";

    public override string Iec62443 => "SR 1.9";

    public override string Nist80082 => "SC-12, IA-5";

    public override string Remedy => "Make new host keys (ssh-keygen -t ed25519), remove DSA and short RSA keys, and tell the operators the new fingerprints.";

    private protected override Section<SshFacts> SectionOf(HostReport report) => report.Ssh;

    private protected override PostureVerdict WhenAbsent(string reason) => PostureVerdict.NotApplicable(reason);

    private protected override PostureVerdict Judge(SshFacts found, PosturePolicy policy, DateTimeOffset at)
    {
        if (found.HostKeys.IsEmpty)
        {
            return PostureVerdict.CannotTell("No host key was found.");
        }

        var wrong = new List<string>();
        foreach (SshHostKey key in found.HostKeys)
        {
            if (key.Kind is "ssh-dss" || (key.Kind is "ssh-rsa" && key.Bits < 3072))
            {
                wrong.Add($"{key.File} is too weak: {key.Kind}, {key.Bits} bits");
            }
            else if (at - key.Written > policy.LongestHostKeyLife)
            {
                wrong.Add($"{key.File} is of {key.Written.UtcDateTime:yyyy-MM-dd}");
            }
        }

        return PostureVerdict.Of(wrong, $"{found.HostKeys.Length} host keys, the oldest of {found.HostKeys.Min(key => key.Written).UtcDateTime:yyyy-MM-dd}.");
    }
}
