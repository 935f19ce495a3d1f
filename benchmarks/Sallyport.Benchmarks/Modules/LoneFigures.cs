using System.Globalization;
using System.Text.Json.Nodes;
using Sallyport.Simulator.Modules;

namespace Sallyport.Benchmarks.Modules;

/// <summary>What one module takes: medians over its starts.</summary>
/// <param name="BinaryMiB">Size of its program.</param>
/// <param name="StartMs">From the start of the process until it listened to edgeHub, at each start.</param>
/// <param name="Idle">Memory while it had no plan, at each start.</param>
/// <param name="Planned">Memory while it ran the manifest's plan.</param>
internal sealed record LoneFigures(double BinaryMiB, IReadOnlyList<double> StartMs, IReadOnlyList<ProcessMemory> Idle, ProcessMemory Planned)
{
    /// <summary>The line that a person reads.</summary>
    public string ToText(string module) => string.Create(
        CultureInfo.InvariantCulture,
        $"{module,-18}  {BinaryMiB,10:F1}  {Start,9:F0} ({StartMs.Min(),4:F0})   {Median(at => at.Resident),14:F1} = {Median(at => at.Anonymous),4:F1} + {Median(at => at.File),4:F1} + {Median(at => at.Shared),4:F1}   {Planned.Resident,33:F1} ({Planned.Anonymous:F1})");

    /// <summary>The members of the last line.</summary>
    public JsonObject ToJson() => new()
    {
        ["binaryMiB"] = BinaryMiB,
        ["startMs"] = Start,
        ["fastestStartMs"] = StartMs.Min(),
        ["residentIdleMiB"] = Median(at => at.Resident),
        ["anonymousIdleMiB"] = Median(at => at.Anonymous),
        ["fileIdleMiB"] = Median(at => at.File),
        ["sharedIdleMiB"] = Median(at => at.Shared),
        ["residentPlannedMiB"] = Planned.Resident,
        ["anonymousPlannedMiB"] = Planned.Anonymous,
    };

    private double Start => AlternatingRounds.Median(StartMs);

    private double Median(Func<ProcessMemory, double> part) => AlternatingRounds.Median(Idle.Select(part));
}
