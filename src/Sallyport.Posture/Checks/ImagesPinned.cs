using System.Buffers;
using Sallyport.Posture.Report;
using Sallyport.Telemetry;

namespace Sallyport.Posture.Checks;

/// <summary>What was reviewed is what runs.</summary>
internal sealed class ImagesPinned : HostCheck<ContainerFacts>
{
    public override string Id => "images-pinned";

    public override EventSeverity Severity => EventSeverity.High;

    public override string Demand => "Each container was made from an image that is named by its digest.";

    public override string Iec62443 => "SR 3.4";

    public override string Nist80082 => "SI-7, CM-14";

    public override string Remedy => "Deploy with image references of the form name@sha256:…, not by tag.";

    private protected override Section<ContainerFacts> SectionOf(HostReport report) => report.Containers;

    private protected override PostureVerdict Judge(ContainerFacts found, PosturePolicy policy, DateTimeOffset at) => found.Running.IsEmpty
        ? PostureVerdict.CannotTell("No container runs.")
        : PostureVerdict.Of(
            [.. found.Running.Where(container => !IsPinned(container.Image)).Select(container => $"{container.Name} is {container.Image}")],
            $"All {found.Running.Length} images are named by their digest.");

    private static bool IsPinned(string image)
    {
        const string mark = "@sha256:";
        int at = image.IndexOf(mark, StringComparison.Ordinal);
        return at > 0 && image.Length - at - mark.Length is 64 && image.AsSpan(at + mark.Length).IndexOfAnyExcept(Digits) < 0;
    }

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");
}
