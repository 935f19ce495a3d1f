using Sallyport.Posture.Report;
using Sallyport.Telemetry;

namespace Sallyport.Posture.Checks;

/// <summary>Keys cannot be copied.</summary>
internal sealed class DaemonKeyProtection : HostCheck<RuntimeFacts>
{
    public override string Id => "daemon-keys";

    public override EventSeverity Severity => EventSeverity.High;

    public override string Demand => "The Edge daemon's keys are in a TPM or a token.";

    public override string Iec62443 => "SR 1.5 RE 1, SR 1.9 RE 1";

    public override string Nist80082 => "SC-12, IA-5";

    public override string Remedy => "Set pkcs11_lib_path and pkcs11_base_slot in section aziot_keys of /etc/aziot/config.toml.";

    private protected override Section<RuntimeFacts> SectionOf(HostReport report) => report.Runtime;

    private protected override PostureVerdict Judge(RuntimeFacts found, PosturePolicy policy, DateTimeOffset at) => found.KeysInToken switch
    {
        null => PostureVerdict.CannotTell("The configuration of the Edge daemon cannot be read."),
        true => PostureVerdict.Pass("The Edge daemon has its keys in a PKCS#11 token."),
        false => PostureVerdict.Fail("The Edge daemon has its keys in files."),
    };
}
