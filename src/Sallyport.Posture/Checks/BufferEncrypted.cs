using Sallyport.Telemetry;

namespace Sallyport.Posture.Checks;

/// <summary>The ring is there, and it is always encrypted.</summary>
internal sealed class BufferEncrypted : PostureCheck
{
    public override string Id => "buffer-encrypted";

    public override EventSeverity Severity => EventSeverity.High;

    public override string Demand => "What waits for the cloud lies encrypted on the disk.";

    public override string Iec62443 => "SR 4.1";

    public override string Nist80082 => "SC-28";

    public override string Remedy => "See in the log of SecureBuffer why the ring cannot be opened, and mend the disk or the key.";

    public override PostureVerdict Judge(PostureEvidence evidence, PosturePolicy policy)
    {
        if (evidence.Gateway.Lanes is not { IsEmpty: false } lanes)
        {
            return PostureVerdict.CannotTell("SecureBuffer does not say what its records rest on.");
        }

        // A ring on a disk is encrypted: the format has no other form. In memory nothing is on the disk, and a power cut takes it.
        return Array.Exists([.. lanes], lane => lane.Storage is "opening")
            ? PostureVerdict.CannotTell("SecureBuffer is still opening its ring.")
            : PostureVerdict.Of(
                [.. lanes.Where(lane => lane.Storage is not "disk").Select(lane => $"the lane {lane.Lane} rests on no ring: {lane.Storage}")],
                $"Encrypted rings on the disk: {string.Join(", ", lanes.Select(lane => lane.Lane))}.");
    }
}
