using Sallyport.Posture.Report;
using Sallyport.Telemetry;

namespace Sallyport.Posture.Checks;

/// <summary>Flash wears out.</summary>
internal sealed class DiskWorn : HostCheck<StorageFacts>
{
    public override string Id => "disk-wear";

    public override EventSeverity Severity => EventSeverity.Medium;

    public override string Demand => "No disk is near the end of its life.";

    public override string Iec62443 => "SR 7.2, SR 7.4";

    public override string Nist80082 => "MA-6, CP-9";

    public override string Remedy => "Replace the disk in the next planned window; decommission the old one with sallyportctl ring wipe.";

    private protected override Section<StorageFacts> SectionOf(HostReport report) => report.Storage;

    private protected override PostureVerdict Judge(StorageFacts found, PosturePolicy policy, DateTimeOffset at) => found.Wear.IsEmpty
        ? PostureVerdict.CannotTell("No disk says how worn it is.")
        : PostureVerdict.Of(
            [.. found.Wear.Where(disk => disk.UsedPercent > policy.MostWearPercent).Select(disk => $"{disk.Device} has used {disk.UsedPercent} % of its life")],
            $"The most worn disk has used {found.Wear.Max(disk => disk.UsedPercent)} % of its life.");
}
