using Sallyport.IotHub;
using Sallyport.Posture;
using Sallyport.Posture.Report;
using Sallyport.Watchdog.Audit;
using Sallyport.Watchdog.Configuration;
using Sallyport.Watchdog.Scraping;

namespace Sallyport.Watchdog.Posture;

/// <summary>Gathers the evidence and makes all checks, once.</summary>
internal sealed class PostureInspection(EdgeHubProbe edgeHub, LastPages pages, HostConfiguration configuration, EdgeEnvironment environment, PostureMetrics metrics, TimeProvider time)
{
    public async Task<PostureAssessment> InspectAsync(PosturePlan plan, CancellationToken cancellationToken)
    {
        GatewayFacts gateway = PageFacts.Of(pages.Samples) with
        {
            Link = await edgeHub.LookAsync(cancellationToken),
            Container = environment.IsDevelopment ? null : OwnContainer.Read(),
        };
        DateTimeOffset now = time.GetUtcNow();
        ReportReading host = ReportFile.Read(plan.ReportFile, now, plan.MaxAge);
        configuration.Take(host);
        var assessment = PostureAssessment.Of(new PostureEvidence(host, gateway, now), plan.Policy);
        metrics.Inspected(assessment, host);
        return assessment;
    }
}
