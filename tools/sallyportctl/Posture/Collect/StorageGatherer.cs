using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Sallyport.Posture.Report;

namespace Sallyport.Ctl.Posture.Collect;

/// <summary>Room on file systems, and the wear of flash: eMMC says it in /sys, NVMe to smartctl.</summary>
internal static class StorageGatherer
{
    private const int PercentPerStep = 10;

    public static async Task<Section<StorageFacts>> GatherAsync(HostView host, CancellationToken stop)
    {
        ImmutableArray<FileSystemRoom> room =
        [
            .. MountTable.Read(host).Mounts.Where(mount => mount.IsOnDisk && Directory.Exists(host.Map(mount.Point))).DistinctBy(mount => mount.Number, StringComparer.Ordinal).Select(mount => RoomOf(host, mount.Point)),
        ];
        var wear = ImmutableArray.CreateBuilder<DiskWear>();
        foreach (string disk in host.Names("/sys/block"))
        {
            if ((WornFlash(host, disk) ?? await WornDriveAsync(host, disk, stop)) is { } percent)
            {
                wear.Add(new DiskWear(disk, percent));
            }
        }

        return Section.Found(new StorageFacts(room, wear.ToImmutable()));
    }

    private static FileSystemRoom RoomOf(HostView host, string point)
    {
        var drive = new DriveInfo(host.Map(point));
        return new FileSystemRoom(point, drive.TotalSize, drive.AvailableFreeSpace);
    }

    // JESD84-B51: two kinds of memory, each in steps of ten percent from 1; 0 is not defined.
    private static int? WornFlash(HostView host, string disk)
    {
        int[] steps = [.. (host.Line($"/sys/block/{disk}/device/life_time") ?? "").Split(' ')
            .Select(word => word.StartsWith("0x", StringComparison.Ordinal) && int.TryParse(word.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int step) ? step : 0)
            .Where(step => step > 0)];
        return steps.Length is 0 ? null : steps.Max() * PercentPerStep;
    }

    private static async Task<int?> WornDriveAsync(HostView host, string disk, CancellationToken stop)
    {
        if (!disk.StartsWith("nvme", StringComparison.Ordinal) || await host.RunAsync("smartctl", ["--json", "--attributes", $"/dev/{disk}"], stop) is not ProgramOutcome.Said said)
        {
            return null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(said.Output);
            return document.RootElement.GetProperty("nvme_smart_health_information_log").GetProperty("percentage_used").GetInt32();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }
}
