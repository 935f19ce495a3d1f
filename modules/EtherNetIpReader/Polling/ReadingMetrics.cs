using System.Diagnostics.Metrics;

namespace Sallyport.EtherNetIpReader.Polling;

/// <summary>Counts what the reader learns about controllers.</summary>
internal sealed class ReadingMetrics
{
    public const string MeterName = "Sallyport.EtherNetIpReader";

    private readonly Counter<long> _mismatches;
    private readonly Counter<long> _learnedTypes;
    private readonly Counter<long> _browses;

    /// <summary>Creates the instruments.</summary>
    public ReadingMetrics(IMeterFactory meters)
    {
        Meter meter = meters.Create(MeterName);
        _mismatches = meter.CreateCounter<long>(
            "sallyport.ethernet_ip.identity_mismatches", unit: "{event}", description: "Security events about a controller that is another device than the plan says.");
        _learnedTypes = meter.CreateCounter<long>(
            "sallyport.ethernet_ip.learned_types", unit: "{tag}", description: "Tags whose type the controller said.");
        _browses = meter.CreateCounter<long>(
            "sallyport.ethernet_ip.browses", unit: "{request}", description: "Times that a controller was asked for its tags, by outcome: listed or failed.");
        _mismatches.Add(0);
        _learnedTypes.Add(0);
        _browses.Add(0, Outcome(isListed: true));
        _browses.Add(0, Outcome(isListed: false));
    }

    /// <summary>A controller is another device.</summary>
    public void Mismatched() => _mismatches.Add(1);

    /// <summary>A controller said of which type tags are.</summary>
    public void Learned(int tags) => _learnedTypes.Add(tags);

    /// <summary>A controller was asked for its tags.</summary>
    public void Browsed(bool isListed) => _browses.Add(1, Outcome(isListed));

    private static KeyValuePair<string, object?> Outcome(bool isListed) => new("outcome", isListed ? "listed" : "failed");
}
