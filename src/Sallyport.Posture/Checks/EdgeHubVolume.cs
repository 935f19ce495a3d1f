using Sallyport.Posture.Report;
using Sallyport.Telemetry;

namespace Sallyport.Posture.Checks;

/// <summary>edgeHub itself encrypts nothing.</summary>
internal sealed class EdgeHubVolume : HostCheck<VolumeFacts>
{
    public override string Id => "edgehub-volume";

    public override EventSeverity Severity => EventSeverity.High;

    public override string Demand => "The folder in which edgeHub keeps messages lies on an encrypted volume.";

    public override string Iec62443 => "SR 4.1";

    public override string Nist80082 => "SC-28";

    public override string Remedy => "Put the container engine's folder and edgeHub's storage folder on a LUKS volume whose key is in the TPM.";

    private protected override Section<VolumeFacts> SectionOf(HostReport report) => report.Volumes;

    private protected override PostureVerdict Judge(VolumeFacts found, PosturePolicy policy, DateTimeOffset at)
    {
        DataFolder[] folders = [.. found.Folders.Where(folder => folder.Owner is "edgeHub" or "engine")];
        return folders.Length is 0
            ? PostureVerdict.CannotTell("Neither a folder of edgeHub nor that of the container engine was found.")
            : PostureVerdict.Of(
                [.. folders.Where(folder => !folder.IsEncrypted).Select(folder => $"{folder.Path} ({folder.Owner}) lies in clear on {folder.Device}")],
                $"Encrypted: {string.Join(", ", folders.Select(folder => folder.Path))}.");
    }
}
