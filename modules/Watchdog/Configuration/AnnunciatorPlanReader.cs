using System.Collections.Frozen;
using System.Collections.Immutable;
using Sallyport.Hosting.Configuration;

namespace Sallyport.Watchdog.Configuration;

/// <summary>Reads the section <c>annunciator</c> of the desired properties.</summary>
internal static class AnnunciatorPlanReader
{
    private const int MostOutputs = 16;
    private const int LongestPath = 256;
    private const int HighestChip = 255;
    private const int HighestLine = 4095;

    private static readonly FrozenDictionary<string, OutputRole> Roles = new Dictionary<string, OutputRole>(StringComparer.Ordinal)
    {
        ["alarm"] = OutputRole.Alarm,
        ["critical"] = OutputRole.Critical,
        ["high"] = OutputRole.High,
        ["medium"] = OutputRole.Medium,
        ["low"] = OutputRole.Low,
        ["buzzer"] = OutputRole.Buzzer,
        ["well"] = OutputRole.Well,
        ["heartbeat"] = OutputRole.Heartbeat,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static AnnunciatorPlan Read(DesiredReader section)
    {
        if (!section.Exists || !section.IsObjectOf("ledFolder", "outputs"))
        {
            return AnnunciatorPlan.Default;
        }

        return new AnnunciatorPlan { LedFolder = ReadFolder(section["ledFolder"]), Outputs = ReadOutputs(section["outputs"]) };
    }

    private static string ReadFolder(DesiredReader place)
    {
        if (!place.Exists || !place.TryText(LongestPath, out var folder))
        {
            return AnnunciatorPlan.Default.LedFolder;
        }

        if (!folder.StartsWith('/') || folder.Contains('\0', StringComparison.Ordinal))
        {
            place.Refuse("It is not the path of a folder: it begins with /.");
        }

        return folder;
    }

    private static ImmutableArray<OutputPlan> ReadOutputs(DesiredReader section)
    {
        if (!section.Exists)
        {
            return [];
        }

        var outputs = ImmutableArray.CreateBuilder<OutputPlan>();
        foreach (DesiredReader entry in section.NamedEntries(MostOutputs))
        {
            if (!(entry.IsObjectOf("shows", "led", "gpio") & entry["shows"].TryChoice(Roles, out OutputRole role)) || ReadTarget(entry) is not { } target)
            {
                continue;
            }

            if (outputs.Any(other => IsSame(other.Target, target)))
            {
                entry.Refuse("Another output has the same LED or line; each can show one thing.");
            }

            outputs.Add(new OutputPlan(entry.Name, role, target));
        }

        if (outputs.Any(output => output.Role is OutputRole.Well) && !outputs.Any(output => output.Role is OutputRole.Heartbeat))
        {
            section.Refuse("A lamp that is steady while all is well stays lit when this module dies; add an output that shows heartbeat, or let the lamp show heartbeat.");
        }

        return outputs.ToImmutable();
    }

    private static OutputTarget? ReadTarget(DesiredReader entry)
    {
        if (entry["led"].Exists == entry["gpio"].Exists)
        {
            entry.Refuse("It needs either led or gpio.");
            return null;
        }

        return entry["led"].Exists ? ReadLed(entry["led"]) : ReadLine(entry["gpio"]);
    }

    private static OutputTarget.Led? ReadLed(DesiredReader place)
    {
        if (!place.TryText(LongestPath, out var name))
        {
            return null;
        }

        if (name is "." or ".." || name.AsSpan().ContainsAny('/', '\0'))
        {
            place.Refuse("It is not the name of an LED: \"ls /sys/class/leds\" on the gateway shows them.");
            return null;
        }

        return new OutputTarget.Led(name);
    }

    private static OutputTarget.Gpio? ReadLine(DesiredReader place) =>
        place.IsObjectOf("chip", "line", "activeLow")
            & place["chip"].TryInteger(0, HighestChip, absent: 0, out var chip)
            & place["line"].TryInteger(0, HighestLine, out var line)
            & place["activeLow"].TryFlag(absent: false, out var isActiveLow)
            ? new OutputTarget.Gpio(chip, (uint)line, isActiveLow)
            : null;

    private static bool IsSame(OutputTarget one, OutputTarget other) => (one, other) switch
    {
        (OutputTarget.Gpio a, OutputTarget.Gpio b) => a.Chip == b.Chip && a.Line == b.Line,
        _ => one.Equals(other),
    };
}
