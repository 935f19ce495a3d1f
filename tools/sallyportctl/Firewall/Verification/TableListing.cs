using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Sallyport.Ctl.Firewall.Verification;

/// <summary>A table as <c>nft -s list table</c> shows it, without what counts and what is learned.</summary>
/// <param name="Blocks">By header, such as <c>chain input</c>: the lines, in their order. What stands in the table itself has the header «table».</param>
internal sealed partial record TableListing(ImmutableSortedDictionary<string, ImmutableArray<string>> Blocks)
{
    /// <summary>The header of what stands in no block.</summary>
    public const string Itself = "table";

    private const string Indent = "\t";
    private const string ElementsOfSet = "elements = {";

    /// <summary>Reads a listing.</summary>
    /// <param name="text">What nft said.</param>
    /// <param name="learned">The set whose elements come from packets and say nothing of the rules.</param>
    public static TableListing Parse(string text, string learned)
    {
        var blocks = new Dictionary<string, List<string>>(StringComparer.Ordinal) { [Itself] = [] };
        var header = Itself;
        var isSkipped = false;
        foreach (var line in text.Split('\n').Where(line => line.StartsWith(Indent, StringComparison.Ordinal)))
        {
            var content = line.Trim();
            if (!line.StartsWith(Indent + Indent, StringComparison.Ordinal) && content is not "}")
            {
                header = content.EndsWith('{') ? content[..^1].Trim() : Itself;
                isSkipped = false;
                if (header is not Itself)
                {
                    blocks[header] = [];
                    continue;
                }
            }

            isSkipped |= string.Equals(header, "set " + learned, StringComparison.Ordinal) && content.StartsWith(ElementsOfSet, StringComparison.Ordinal);
            if (content is not "}" && !isSkipped && !content.StartsWith("packets ", StringComparison.Ordinal))
            {
                blocks[header].Add(Sorted(content));
            }
        }

        return new(blocks.ToImmutableSortedDictionary(block => block.Key, block => block.Value.ToImmutableArray(), StringComparer.Ordinal));
    }

    // The kernel gives the elements of a set in an order of its own.
    private static string Sorted(string line) =>
        SetOfRule.Replace(line, match => $"{{ {string.Join(", ", match.Groups["elements"].Value.Split(", ").Order(StringComparer.Ordinal))} }}");

    [GeneratedRegex(@"\{ (?<elements>[^{}""]*) \}", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SetOfRule { get; }
}
