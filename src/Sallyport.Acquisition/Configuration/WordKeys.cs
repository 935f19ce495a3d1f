using System.Collections.Immutable;
using System.Globalization;
using Sallyport.Hosting.Configuration;
using Sallyport.Telemetry;

namespace Sallyport.Acquisition.Configuration;

/// <summary>The member <c>enum</c> of a point: whole number → text.</summary>
internal static class WordKeys
{
    private const int MaxWords = 256;
    private const int MaxWordLength = 64;

    /// <summary>Reads the texts by number; what is refused is left out.</summary>
    public static ImmutableSortedDictionary<long, string> Read(DesiredReader entry, ValueShape shape)
    {
        var words = ImmutableSortedDictionary.CreateBuilder<long, string>();
        if (!entry.Exists)
        {
            return words.ToImmutable();
        }

        if (shape.Range is null)
        {
            entry.Refuse($"A {shape.Type} is not a whole number.");
            return words.ToImmutable();
        }

        IReadOnlyList<DesiredReader> members = entry.NamedEntries(MaxWords);
        if (members.Count is 0)
        {
            entry.Refuse("An enum has at least one number with its text.");
        }

        foreach (DesiredReader member in members)
        {
            if (TryNumber(member, shape, out long number) & member.TryText(MaxWordLength, out string? word))
            {
                words.Add(number, word!);
            }
        }

        return words.ToImmutable();
    }

    private static bool TryNumber(DesiredReader member, ValueShape shape, out long number)
    {
        // One spelling of each number, so that none is there twice.
        if (!long.TryParse(member.Name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number)
            || !string.Equals(number.ToString(CultureInfo.InvariantCulture), member.Name, StringComparison.Ordinal))
        {
            member.Refuse($"\"{member.Name}\" is not a whole number in its shortest spelling.");
            return false;
        }

        return shape.Holds(member, PointValue.FromInt64(number));
    }
}
