using System.Globalization;
using Sallyport.Telemetry;

namespace Sallyport.Posture.Checks;

/// <summary>It cannot fill the disk.</summary>
internal sealed class BufferBounded : PostureCheck
{
    public override string Id => "buffer-bounded";

    public override EventSeverity Severity => EventSeverity.Medium;

    public override string Demand => "The buffer has an end that is known.";

    public override string Iec62443 => "SR 7.1, SR 7.2";

    public override string Nist80082 => "SC-5, AU-4";

    public override string Remedy => "Give each lane of SecureBuffer a capacity below the free room of its volume.";

    public override PostureVerdict Judge(PostureEvidence evidence, PosturePolicy policy)
    {
        if (evidence.Gateway.Lanes is not { IsEmpty: false } lanes || Array.Exists([.. lanes], lane => lane.CapacityBytes is null))
        {
            return PostureVerdict.CannotTell("SecureBuffer does not say how large its lanes may become.");
        }

        return PostureVerdict.Of(
            [.. lanes.Where(lane => lane.CapacityBytes <= 0).Select(lane => $"the lane {lane.Lane} has no end")],
            $"{string.Join(", ", lanes.Select(Capacity))}.");
    }

    private static string Capacity(LaneFact lane) => string.Create(CultureInfo.InvariantCulture, $"{lane.Lane}: at most {lane.CapacityBytes / 1048576} MiB");
}
