using System.Diagnostics.Metrics;

namespace Sallyport.Watchdog.StatusPage;

/// <summary>What the status page served and what it hung up on.</summary>
internal sealed class StatusPageMetrics
{
    private readonly Counter<long> _requests;
    private readonly Counter<long> _aborted;
    private readonly Counter<long> _listenFailures;

    public StatusPageMetrics(IMeterFactory meters)
    {
        Meter meter = meters.Create("Sallyport.Watchdog");
        _requests = meter.CreateCounter<long>("sallyport.status_page.requests", "{requests}", "Requests answered on the status page, by status code of HTTP.");
        _aborted = meter.CreateCounter<long>("sallyport.status_page.aborted", "{connections}", "Connections to the status page that were too slow or broke.");
        _listenFailures = meter.CreateCounter<long>(
            "sallyport.status_page.listen_failures", "{attempts}", "Times that the status page could not listen on its address; it is tried again.");
        _requests.Add(0, new KeyValuePair<string, object?>("code", 200));
        _aborted.Add(0);
        _listenFailures.Add(0);
    }

    public void Answered(int code) => _requests.Add(1, new KeyValuePair<string, object?>("code", code));

    public void Aborted() => _aborted.Add(1);

    public void CannotListen() => _listenFailures.Add(1);
}
