using System.Diagnostics.CodeAnalysis;

namespace Sallyport.Simulator.Faults;

/// <summary>A fault as the command line gives it: <c>NAME[:TIME][@START]</c>, for example <c>uplink-cut:5s@10s</c>.</summary>
/// <param name="Text">As written.</param>
/// <param name="Fault">What breaks.</param>
/// <param name="Start">When, counted from the start of the run; null leaves it to the run.</param>
internal sealed record FaultSpecification(string Text, Fault Fault, TimeSpan? Start)
{
    private static readonly Dictionary<string, Func<TimeSpan, Fault>> Timed = new(StringComparer.Ordinal)
    {
        ["uplink-cut"] = time => new Fault.UplinkCut(time),
        ["uplink-silent"] = time => new Fault.UplinkSilent(time),
        ["uplink-delay"] = time => new Fault.UplinkDelay(time),
        ["edgehub-half-open"] = time => new Fault.EdgeHubHalfOpen(time),
        ["plant-slow"] = time => new Fault.PlantSlow(time),
        ["plant-dead"] = time => new Fault.PlantDead(time),
    };

    /// <summary>The faults as the help text shows them.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["uplink-cut:5s", "uplink-silent:5s", "uplink-delay:200ms", "edgehub-restart", "edgehub-half-open:130s", "plant-slow:200ms", "plant-dead:5s"];

    /// <summary>Reads a specification.</summary>
    /// <param name="text">As written.</param>
    /// <param name="specification">What it means.</param>
    /// <param name="reason">Why it means nothing.</param>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out FaultSpecification? specification,
        [NotNullWhen(false)] out string? reason)
    {
        specification = null;
        TimeSpan? start = null;
        var what = text;
        if (text.IndexOf('@', StringComparison.Ordinal) is >= 0 and var at)
        {
            if (!TimeText.TryParse(text[(at + 1)..], out var offset))
            {
                reason = $"\"{text[(at + 1)..]}\" in \"{text}\" is not a time such as 5s or 200ms";
                return false;
            }

            (what, start) = (text[..at], offset);
        }

        var colon = what.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? what : what[..colon];
        if (name is "edgehub-restart" && colon < 0)
        {
            (specification, reason) = (new(text, new Fault.EdgeHubRestart(), start), null);
            return true;
        }

        if (!Timed.TryGetValue(name, out var create))
        {
            reason = $"\"{text}\" is not a fault; there are {string.Join(", ", Names)}";
            return false;
        }

        if (colon < 0 || !TimeText.TryParse(what[(colon + 1)..], out var time) || time == TimeSpan.Zero)
        {
            reason = $"\"{text}\" needs a time above zero, as in {Names.First(example => example.StartsWith(name + ":", StringComparison.Ordinal))}";
            return false;
        }

        (specification, reason) = (new(text, create(time), start), null);
        return true;
    }
}
