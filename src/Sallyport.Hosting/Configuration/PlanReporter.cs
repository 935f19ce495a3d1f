using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Sallyport.IotHub;

namespace Sallyport.Hosting.Configuration;

/// <summary>Brings the newest report to the twin, however long the connection is away. An older report that was not delivered is superseded, not lost.</summary>
internal sealed partial class PlanReporter(
    IHubConnection hub, PlanMetrics metrics, TimeProvider time, ILogger<PlanReporter> logger)
{
    private const int Throttled = 429;
    private const int ServerFault = 500;

    private static readonly TimeSpan PauseBeforeRepeat = TimeSpan.FromSeconds(5);

    private readonly Channel<PlanReport> _newest = Channel.CreateBounded<PlanReport>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    /// <summary>Takes the place of a report that is still waiting. Returns at once.</summary>
    public void Report(PlanReport report) => _newest.Writer.TryWrite(report);

    /// <summary>Reports until <paramref name="stop"/>.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        await foreach (PlanReport report in _newest.Reader.ReadAllAsync(stop))
        {
            PlanReport current = report;
            while (!await TryReportAsync(current, stop))
            {
                await Task.Delay(PauseBeforeRepeat, time, stop);
                current = _newest.Reader.TryRead(out PlanReport? newer) ? newer : current;
            }
        }
    }

    private async Task<bool> TryReportAsync(PlanReport report, CancellationToken stop)
    {
        switch (await hub.ReportAsync(report.ToPatch(), stop))
        {
            case ReportOutcome.Accepted:
                return true;
            case ReportOutcome.Refused { Status: not Throttled and < ServerFault } refused:
                metrics.ReportFailed();
                ReportRefused(report.Version, refused.Status);
                return true;
            default:
                metrics.ReportFailed();
                return false;
        }
    }

    [LoggerMessage(4300, LogLevel.Error, "The report about configuration version {Version} was refused by the twin with status {Status}.")]
    private partial void ReportRefused(long version, int status);
}
