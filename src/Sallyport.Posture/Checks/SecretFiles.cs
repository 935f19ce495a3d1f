using Sallyport.Posture.Report;
using Sallyport.Telemetry;

namespace Sallyport.Posture.Checks;

/// <summary>Rights of files.</summary>
internal sealed class SecretFiles : HostCheck<SecretFacts>
{
    public override string Id => "secret-files";

    public override EventSeverity Severity => EventSeverity.High;

    public override string Demand => "Files with secrets are not open to everybody.";

    public override string Iec62443 => "SR 2.1, SR 4.1";

    public override string Nist80082 => "AC-3, AC-6";

    public override string Remedy => "chmod o= on the file, and g-w where its group should not write it.";

    private protected override Section<SecretFacts> SectionOf(HostReport report) => report.Secrets;

    private protected override PostureVerdict Judge(SecretFacts found, PosturePolicy policy, DateTimeOffset at)
    {
        if (found.Files.IsEmpty)
        {
            return PostureVerdict.CannotTell("None of the files that are looked for was found.");
        }

        var wrong = new List<string>();
        foreach (SecretFile file in found.Files)
        {
            if (!TryParse(file.Mode, out int mode))
            {
                return PostureVerdict.CannotTell($"The rights of {file.Path} could not be read.");
            }

            if ((mode & OthersOrGroupWrite) is not 0)
            {
                wrong.Add($"{file.Path} has {file.Mode}");
            }
        }

        return PostureVerdict.Of(wrong, $"{found.Files.Length} files and folders are closed to others.");
    }

    // Anything for others; writing for the group.
    private const int OthersOrGroupWrite = 0x17;
    private const int LargestMode = 0xFFF;

    private static bool TryParse(string octal, out int mode)
    {
        mode = 0;
        foreach (char digit in octal)
        {
            if (digit is < '0' or > '7' || mode > LargestMode)
            {
                return false;
            }

            mode = (mode << 3) | (digit - '0');
        }

        return octal.Length > 0;
    }
}
