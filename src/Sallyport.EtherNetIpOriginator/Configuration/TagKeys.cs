using System.Collections.Immutable;
using System.Globalization;
using Sallyport.EtherNetIp.Paths;
using Sallyport.EtherNetIp.Types;
using Sallyport.Hosting.Configuration;

namespace Sallyport.EtherNetIpOriginator.Configuration;

/// <summary>The members of a point that say which values of the controller it is: tag, type, elements, encoding.</summary>
internal static class TagKeys
{
    private const int MaxTagLength = 500;
    private const int MaxElements = 10_000;

    /// <summary>Names of the members.</summary>
    public static IReadOnlyList<string> All { get; } = ["tag", "type", "elements", "encoding"];

    /// <summary>Reads the tags of a point, which are several with <c>elements</c>; none if they were refused.</summary>
    public static ImmutableArray<TagPlan> Read(DesiredReader entry)
    {
        CipDataType? type = null;
        bool isGood = TryName(entry["tag"], out TagName? name) & TryType(entry["type"], name, out type);
        isGood &= TryEncoding(entry["encoding"], type, name, out TextEncoding encoding);
        if (!isGood)
        {
            return [];
        }

        return entry["elements"].Exists
            ? Elements(entry, name!, type, encoding)
            : [new TagPlan(entry.Name, name!, type, encoding)];
    }

    private static bool TryName(DesiredReader entry, out TagName? name)
    {
        name = null;
        if (!entry.TryText(MaxTagLength, out string? text))
        {
            return false;
        }

        if (TagName.Parse(text) is TagNameOutcome.Refused refused)
        {
            entry.Refuse(string.Create(CultureInfo.InvariantCulture, $"At character {refused.Position + 1}: {refused.Reason}."));
            return false;
        }

        name = ((TagNameOutcome.Parsed)TagName.Parse(text)).Name;
        return true;
    }

    private static bool TryType(DesiredReader entry, TagName? name, out CipDataType? type)
    {
        type = null;
        if (!entry.Exists)
        {
            return true;
        }

        if (!entry.TryChoice(Vocabulary.Types, out CipDataType read))
        {
            return false;
        }

        if (name?.Bit is { } bit && (!CipDataTypes.HasBits(read) || bit >= CipDataTypes.SizeOf(read) * 8))
        {
            entry.Refuse(string.Create(
                CultureInfo.InvariantCulture, $"A {Vocabulary.WordFor(read)} has no bit {bit}; with a bit in the tag, the type is that of the integer that has it."));
            return false;
        }

        type = read;
        return true;
    }

    private static bool TryEncoding(DesiredReader entry, CipDataType? type, TagName? name, out TextEncoding encoding)
    {
        encoding = TextEncoding.Latin1;
        if (entry.Exists && (name?.Bit is not null || (type is { } known && !CipDataTypes.IsText(known))))
        {
            entry.Refuse("Only a text has this.");
            return false;
        }

        return entry.TryChoice(Vocabulary.Encodings, TextEncoding.Latin1, out encoding);
    }

    private static ImmutableArray<TagPlan> Elements(DesiredReader entry, TagName name, CipDataType? type, TextEncoding encoding)
    {
        DesiredReader elements = entry["elements"];
        if (!elements.TryInteger(1, MaxElements, out int count))
        {
            return [];
        }

        if (name.Bit is not null)
        {
            elements.Refuse("A bit has no elements: leave out the bit or this.");
            return [];
        }

        // Of an array with several indexes the last one counts up; what is in front of it stays.
        uint first = name.LastIndex ?? 0;
        string stem = name.LastIndex is null ? $"{name.Text}[" : name.Text[..(name.Text.LastIndexOfAny(['[', ',']) + 1)];
        var plans = ImmutableArray.CreateBuilder<TagPlan>(count);
        for (int i = 0; i < count; i++)
        {
            string text = string.Create(CultureInfo.InvariantCulture, $"{stem}{(ulong)first + (ulong)i}]");
            if (TagName.Parse(text) is not TagNameOutcome.Parsed parsed)
            {
                elements.Refuse($"The element {text} cannot be named: its index or its path is too long.");
                return [];
            }

            plans.Add(new TagPlan(string.Create(CultureInfo.InvariantCulture, $"{entry.Name}[{i}]"), parsed.Name, type, encoding));
        }

        return plans.MoveToImmutable();
    }
}
