using System.Globalization;
using Sallyport.Posture.Report;
using Sallyport.Telemetry;

namespace Sallyport.Posture.Checks;

/// <summary>A full disk stops modules.</summary>
internal sealed class DiskRoom : HostCheck<StorageFacts>
{
    public override string Id => "disk-space";

    public override EventSeverity Severity => EventSeverity.Medium;

    public override string Demand => "Each file system has room.";

    public override string Iec62443 => "SR 7.2";

    public override string Nist80082 => "AU-4, SC-5";

    public override string Remedy => "Remove old images (docker image prune) and logs, cap the logs of containers, or use a larger disk.";

    private protected override Section<StorageFacts> SectionOf(HostReport report) => report.Storage;

    private protected override PostureVerdict Judge(StorageFacts found, PosturePolicy policy, DateTimeOffset at)
    {
        if (found.FileSystems.IsEmpty)
        {
            return PostureVerdict.CannotTell("No file system on a disk was found.");
        }

        return PostureVerdict.Of(
            [.. found.FileSystems.Where(one => FreePercent(one) < policy.LeastFreePercent).Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.MountPoint} has {Math.Floor(FreePercent(one)):0} % left"))],
            string.Create(CultureInfo.InvariantCulture, $"The fullest file system has {Math.Floor(found.FileSystems.Min(FreePercent)):0} % left."));
    }

    private static double FreePercent(FileSystemRoom room) => room.TotalBytes <= 0 ? 0 : 100.0 * room.FreeBytes / room.TotalBytes;
}
