using System.Collections.Immutable;
using Sallyport.SealedRing.Destruction;
using Sallyport.SealedRing.Devices;
using Sallyport.SealedRing.Inspection;

namespace Sallyport.SecureBuffer.Decommissioning;

/// <summary>Destroys what lies in the folder of the rings, without any key: the development key first, because all slots that it wrapped go with it.</summary>
/// <param name="folder">That of the rings.</param>
/// <param name="fillRandom">Random bytes.</param>
/// <param name="time">For the reports.</param>
internal sealed class RingSweep(string folder, Action<Span<byte>> fillRandom, TimeProvider time)
{
    /// <summary>Name of the key file of a developer's machine.</summary>
    public const string DevelopmentKey = "development-key.pem";

    /// <summary>Name of the file of its key for checkpoints.</summary>
    public const string DevelopmentCheckpointKey = "development-checkpoint-key.pem";

    private const string RingEnd = ".ring";

    /// <summary>Destroys everything.</summary>
    /// <returns>The rings that were not blank, and what could not be destroyed.</returns>
    public (ImmutableArray<FileWipe> Wipes, ImmutableArray<string> Faults) Run()
    {
        var wipes = ImmutableArray.CreateBuilder<FileWipe>();
        var faults = ImmutableArray.CreateBuilder<string>();
        try
        {
            Forget(Path.Combine(folder, DevelopmentKey));
            Forget(Path.Combine(folder, DevelopmentCheckpointKey));
            foreach (var path in Directory.Exists(folder) ? Rings() : [])
            {
                Destroy(path, wipes, faults);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            faults.Add(e.Message);
        }

        return (wipes.ToImmutable(), faults.ToImmutable());
    }

    /// <summary>Finishes the wipes that somebody began, and destroys nothing else.</summary>
    public (ImmutableArray<FileWipe> Wipes, ImmutableArray<string> Faults) Finish()
    {
        var wipes = ImmutableArray.CreateBuilder<FileWipe>();
        var faults = ImmutableArray.CreateBuilder<string>();
        foreach (var path in Directory.Exists(folder) ? Rings().Where(IsWiping) : [])
        {
            Destroy(path, wipes, faults);
        }

        return (wipes.ToImmutable(), faults.ToImmutable());
    }

    /// <summary>The word for a ring in reports: its lane, or the name of its file if it is another.</summary>
    public static string NameOf(string path) =>
        path.EndsWith(RingEnd, StringComparison.Ordinal) ? Path.GetFileNameWithoutExtension(path) : Path.GetFileName(path);

    // With what was set aside because its key was lost (.ring.orphan), and what was never finished (.ring.new).
    private string[] Rings() => [.. Directory.GetFiles(folder, $"*{RingEnd}*").Order(StringComparer.Ordinal)];

    private static bool IsWiping(string path)
    {
        if (FileDevice.OpenItself(path, isReadOnly: true) is not DeviceOpening.Opened { Device: var device })
        {
            return false;
        }

        using (device)
        {
            return RingInspector.Inspect(device) is RingInspection.Found { Findings.IsWiping: true };
        }
    }

    private void Destroy(string path, ImmutableArray<FileWipe>.Builder wipes, ImmutableArray<string>.Builder faults)
    {
        switch (FileDevice.OpenItself(path, isReadOnly: false))
        {
            case DeviceOpening.Opened { Device: var device }:
                using (device)
                {
                    Destroy(path, device, wipes, faults);
                }

                break;
            case DeviceOpening.Absent:
                break;
            case DeviceOpening.InUse:
                faults.Add($"{path}: another process uses it. Stop that process");
                break;
            case DeviceOpening.Failed failed:
                faults.Add($"{path}: {failed.Fault}");
                break;
        }
    }

    private void Destroy(string path, IBlockDevice device, ImmutableArray<FileWipe>.Builder wipes, ImmutableArray<string>.Builder faults)
    {
        WipeOutcome outcome = new RingWipe(device, fillRandom, time).RunUnopened();
        if (outcome is WipeOutcome.Interrupted interrupted)
        {
            faults.Add($"{path}: {interrupted.Fault}; done so far: {interrupted.Reached}");
            return;
        }

        if (outcome is WipeOutcome.Wiped wiped)
        {
            wipes.Add(new FileWipe(NameOf(path), wiped.Report));
        }

        if (!FileDevice.TryRemove(path, out DeviceFault fault))
        {
            faults.Add($"{path}: it is blank, and cannot be removed: {fault}");
        }
    }

    private static void Forget(string path)
    {
        if (!File.Exists(path))
        {
            return;
        }

        using (var file = new FileStream(path, FileMode.Open, FileAccess.Write))
        {
            file.Write(new byte[file.Length]);
            file.Flush(flushToDisk: true);
        }

        File.Delete(path);
    }
}
