using System.Diagnostics.Metrics;

namespace Sallyport.Hosting.Endpoint;

/// <summary>Counts what the endpoint served and what it hung up on.</summary>
internal sealed class EndpointMetrics
{
    private readonly Counter<long> _requests;
    private readonly Counter<long> _aborted;

    public EndpointMetrics(IMeterFactory meters)
    {
        Meter meter = meters.Create("Sallyport.Hosting");
        _requests = meter.CreateCounter<long>(
            "sallyport.endpoint.requests", unit: "{requests}", description: "Requests answered on the metrics and health endpoint.");
        _aborted = meter.CreateCounter<long>(
            "sallyport.endpoint.aborted",
            unit: "{connections}",
            description: "Connections to the endpoint that were too slow, sent too much or broke.");
        _requests.Add(0);
        _aborted.Add(0);
    }

    public void Answered() => _requests.Add(1);

    public void Aborted() => _aborted.Add(1);
}
