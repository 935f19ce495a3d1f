using System.Collections.Immutable;

namespace Sallyport.Ctl.Firewall.Verification;

/// <summary>Compares two listings word for word: what is not the same is a drift, whether it weakens or not.</summary>
internal static class TableComparison
{
    /// <summary>All differences.</summary>
    public static ImmutableArray<Drift> Of(TableListing planned, TableListing loaded) =>
    [
        .. planned.Blocks.Keys.Except(loaded.Blocks.Keys, StringComparer.Ordinal).Select(block => new Drift(DriftKind.Missing, block, "")),
        .. loaded.Blocks.Keys.Except(planned.Blocks.Keys, StringComparer.Ordinal)
            .SelectMany(block => loaded.Blocks[block].DefaultIfEmpty("").Select(line => new Drift(DriftKind.Added, block, line))),
        .. planned.Blocks.Where(block => loaded.Blocks.ContainsKey(block.Key)).SelectMany(block => OfBlock(block.Key, block.Value, loaded.Blocks[block.Key])),
    ];

    private static Drift[] OfBlock(string block, ImmutableArray<string> planned, ImmutableArray<string> loaded)
    {
        if (planned.SequenceEqual(loaded, StringComparer.Ordinal))
        {
            return [];
        }

        Drift[] changes =
        [
            .. Beyond(planned, loaded).Select(line => new Drift(DriftKind.Missing, block, line)),
            .. Beyond(loaded, planned).Select(line => new Drift(DriftKind.Added, block, line)),
        ];
        return changes.Length > 0 ? changes : [new Drift(DriftKind.Moved, block, "")];
    }

    /// <summary>The lines that the one has and the other has not, or not as often.</summary>
    private static string[] Beyond(IEnumerable<string> one, IEnumerable<string> other)
    {
        var rest = other.CountBy(line => line, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        return
        [
            .. one.Where(line =>
            {
                var left = rest.GetValueOrDefault(line);
                rest[line] = left - 1;
                return left <= 0;
            }),
        ];
    }
}
