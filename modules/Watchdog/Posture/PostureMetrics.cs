using System.Diagnostics.Metrics;
using Sallyport.Posture;
using Sallyport.Posture.Report;
using Sallyport.Telemetry;

namespace Sallyport.Watchdog.Posture;

/// <summary>What the last checks found, in numbers.</summary>
internal sealed class PostureMetrics
{
    private readonly TimeProvider _time;
    private readonly Counter<long> _inspections;
    private readonly Counter<long> _reportFaults;
    private readonly Counter<long> _twinFailures;
    private volatile PostureAssessment? _last;
    private volatile ReportReading? _host;

    public PostureMetrics(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        Meter meter = meters.Create("Sallyport.Watchdog");
        meter.CreateObservableGauge("sallyport.posture.failed", () => Each(PostureResult.Fail), "{checks}", "1 for a posture check that fails, else 0.");
        meter.CreateObservableGauge("sallyport.posture.unknown", () => Each(PostureResult.Unknown), "{checks}", "1 for a posture check that cannot tell, else 0.");
        meter.CreateObservableGauge("sallyport.posture.score", Score, "{points}", "Part of the posture checks that passed, of those that apply, from 0 to 100.");
        meter.CreateObservableGauge("sallyport.posture.report_age", Age, "s", "Age of the report of the host; nothing while there is none that can be judged.");
        _inspections = meter.CreateCounter<long>("sallyport.posture.inspections", "{inspections}", "Times that all posture checks were made.");
        _reportFaults = meter.CreateCounter<long>("sallyport.posture.report_faults", "{inspections}", "Inspections without a report of the host that could be judged.");
        _twinFailures = meter.CreateCounter<long>("sallyport.posture.twin_failures", "{reports}", "Attempts to report the summary to the twin that failed.");
        _inspections.Add(0);
        _reportFaults.Add(0);
        _twinFailures.Add(0);
    }

    public void Inspected(PostureAssessment assessment, ReportReading host)
    {
        (_last, _host) = (assessment, host);
        _inspections.Add(1);
        _reportFaults.Add(host is ReportReading.Unusable ? 1 : 0);
    }

    public void TwinFailed() => _twinFailures.Add(1);

    private Measurement<int>[] Each(PostureResult result) => _last is { } last
        ? [.. last.Findings.Select(finding => new Measurement<int>(finding.Verdict.Result == result ? 1 : 0, new KeyValuePair<string, object?>("check", finding.Check.Id)))]
        : [];

    private Measurement<int>[] Score() => _last is { } last ? [new Measurement<int>(last.Score)] : [];

    private Measurement<double>[] Age() =>
        _host is ReportReading.Usable { Report: { } report } ? [new Measurement<double>((_time.GetUtcNow() - report.CollectedAt).TotalSeconds)] : [];
}
