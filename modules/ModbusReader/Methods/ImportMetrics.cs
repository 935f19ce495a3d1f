using System.Diagnostics.Metrics;

namespace Sallyport.ModbusReader.Methods;

/// <summary>Counts the points files that were brought in.</summary>
internal sealed class ImportMetrics
{
    private readonly Counter<long> _files;

    public ImportMetrics(IMeterFactory meters)
    {
        _files = meters.Create("Sallyport.ModbusReader").CreateCounter<long>(
            "sallyport.points_file.imports", unit: "{file}", description: "Points files that were brought in, by outcome: stored or refused.");
        _files.Add(0, Outcome(isStored: true));
        _files.Add(0, Outcome(isStored: false));
    }

    public void Ended(bool isStored) => _files.Add(1, Outcome(isStored));

    private static KeyValuePair<string, object?> Outcome(bool isStored) => new("outcome", isStored ? "stored" : "refused");
}
