using System.Diagnostics;
using OpenTelemetry.Trace;

namespace Sallyport.Hosting.Tracing;

/// <summary>Takes a first span of a trace if one that led to it was taken; asks another sampler otherwise.</summary>
/// <remarks>A page of the ring is sent long after its frames were read and belongs to all of them: it has links to them where others have a parent, and would
/// be sampled apart from them, so that of a frame's way hardly ever the whole would be there.</remarks>
/// <param name="otherwise">Is asked about all other spans.</param>
internal sealed class LinkedSampler(Sampler otherwise) : Sampler
{
    /// <inheritdoc/>
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        samplingParameters.ParentContext.TraceId == default && IsLedToByRecorded(samplingParameters.Links)
            ? new SamplingResult(SamplingDecision.RecordAndSample)
            : otherwise.ShouldSample(samplingParameters);

    private static bool IsLedToByRecorded(IEnumerable<ActivityLink>? links)
    {
        foreach (ActivityLink link in links ?? [])
        {
            if (link.Context.TraceFlags.HasFlag(ActivityTraceFlags.Recorded))
            {
                return true;
            }
        }

        return false;
    }
}
