using Sallyport.Posture.Report;
using Sallyport.Telemetry;

namespace Sallyport.Posture.Checks;

/// <summary>No swap, or an encrypted one.</summary>
internal sealed class SwapEncrypted : HostCheck<KernelFacts>
{
    public override string Id => "swap";

    public override EventSeverity Severity => EventSeverity.Medium;

    public override string Demand => "Memory with secrets does not come to a disk in clear.";

    public override string Iec62443 => "SR 4.1, SR 4.2";

    public override string Nist80082 => "SC-28";

    public override string Remedy => "swapoff and remove the area from /etc/fstab, or put it on dm-crypt with a key that is new at each start.";

    private protected override Section<KernelFacts> SectionOf(HostReport report) => report.Kernel;

    private protected override PostureVerdict Judge(KernelFacts found, PosturePolicy policy, DateTimeOffset at) => PostureVerdict.Of(
        [.. found.Swap.Where(area => !area.IsEncrypted).Select(area => $"swap in clear on {area.Device}")],
        found.Swap.IsEmpty ? "There is no swap." : "All swap is encrypted or in memory.");
}
