using Sallyport.Posture.Report;
using Sallyport.Telemetry;

namespace Sallyport.Posture.Checks;

/// <summary>Memory holds keys and payload.</summary>
internal sealed class CoreDumps : HostCheck<KernelFacts>
{
    public override string Id => "core-dumps";

    public override EventSeverity Severity => EventSeverity.Medium;

    public override string Demand => "A process that dies leaves no image of its memory.";

    public override string Iec62443 => "SR 4.1, SR 4.2";

    public override string Nist80082 => "SC-4, SC-28";

    public override string Remedy => "Set kernel.core_pattern to |/bin/false and fs.suid_dumpable to 0, or Storage=none for systemd-coredump.";

    private protected override Section<KernelFacts> SectionOf(HostReport report) => report.Kernel;

    private protected override PostureVerdict Judge(KernelFacts found, PosturePolicy policy, DateTimeOffset at)
    {
        if (Value(found, "kernel.core_pattern") is not { } pattern || Value(found, "fs.suid_dumpable") is not { } dumpable)
        {
            return PostureVerdict.CannotTell("The report does not have kernel.core_pattern and fs.suid_dumpable.");
        }

        var wrong = new List<string>();
        if (!IsSwallowed(pattern, Value(found, "systemd.coredump.storage")))
        {
            wrong.Add($"kernel.core_pattern is {pattern}");
        }

        if (dumpable is "1")
        {
            wrong.Add("fs.suid_dumpable is 1");
        }

        return PostureVerdict.Of(wrong, $"kernel.core_pattern is '{pattern}': nothing is kept.");
    }

    private static bool IsSwallowed(string pattern, string? storage) => pattern switch
    {
        "" or "|/bin/false" or "|/usr/bin/false" or "|/bin/true" or "|/usr/bin/true" => true,
        _ => pattern.StartsWith('|') && pattern.Contains("systemd-coredump", StringComparison.Ordinal) && storage is "none",
    };

    private static string? Value(KernelFacts found, string name) =>
        found.Settings.FirstOrDefault(one => string.Equals(one.Name, name, StringComparison.Ordinal))?.Value;
}
